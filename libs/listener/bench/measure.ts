import { compare, type Comparison, exposure, type Listener, match } from '../src/index.ts';
import { edited, rewritten, type Shape } from './listeners.ts';

/** The medians for one listener. */
export interface Measured {
  readonly name: string;
  readonly matchMicroseconds: number;
  readonly exposureMilliseconds: number;
  readonly editMilliseconds: number;
  readonly rewriteMilliseconds: number;
  readonly regions: number;
  readonly undecided: number;
}

/** @param runs of each, of which the middle one counts */
export function measure({ name, listener }: Shape, runs: number): Measured {
  // A copy each time: nothing that was compiled for the one before is there.
  const fresh = (): Listener => structuredClone(listener);
  const found = exposure(listener);
  const comparisons: Comparison[] = [];
  const timed = (task: () => unknown) => median(Array.from({ length: runs }, () => milliseconds(task)));
  const compared = (change: (listener: Listener) => Listener) =>
    timed(() => comparisons.push(compare(fresh(), change(fresh()))));
  const [editMilliseconds, rewriteMilliseconds] = [compared(edited), compared(rewritten)];
  const requests = found.regions.map(({ witness }) => witness);
  const passes = 20 * runs;
  const matching = (): void => {
    for (let pass = 0; pass < passes; pass += 1) for (const request of requests) match(listener, { ...request });
  };
  matching();
  return {
    name,
    matchMicroseconds: (milliseconds(matching) * 1000) / (passes * requests.length),
    exposureMilliseconds: timed(() => exposure(fresh())),
    editMilliseconds,
    rewriteMilliseconds,
    regions: found.regions.length,
    undecided: [found, ...comparisons].reduce((sum, { undecided }) => sum + undecided.length, 0),
  };
}

function milliseconds(task: () => unknown): number {
  const start = performance.now();
  task();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
