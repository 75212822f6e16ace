import { type Review } from '../src/index.ts';
import { parsePlan, renderJson, renderMarkdown, review } from '../src/index.ts';
import { largeWorld } from '../src/testdata/large-world.ts';
import { stacks } from '../src/testdata/world.ts';

/** What a review of plans that are there costs. */
export interface Measured {
  readonly resources: number;
  /** Of the plans' JSON. */
  readonly megabytes: number;
  /** From text to text, the median of the runs. */
  readonly seconds: number;
  /** The same in time of the processor, which other load does not lengthen as much. */
  readonly processorSeconds: number;
  readonly counts: Review['counts'];
}

export function measure(resources: number, runs: number): Measured {
  const world = largeWorld(resources);
  const texts = stacks.map((stack) => [stack, JSON.stringify(world.plans[stack])] as const);
  const reviewed = (): Review => {
    const result = review(
      texts.map(([stack, text]) => ({ stack, plan: parsePlan(text, stack) })),
      { today: '2026-11-22' },
    );
    renderMarkdown(result);
    renderMarkdown(result, Infinity);
    renderJson(result);
    return result;
  };
  const measured = Array.from({ length: runs }, () => {
    const [start, before] = [performance.now(), process.cpuUsage()];
    const { counts } = reviewed();
    const { user, system } = process.cpuUsage(before);
    return { seconds: (performance.now() - start) / 1000, processorSeconds: (user + system) / 1e6, counts };
  });
  const median = (values: readonly number[]): number =>
    values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
  return {
    resources,
    megabytes: texts.reduce((sum, [, text]) => sum + text.length, 0) / 1e6,
    seconds: median(measured.map(({ seconds }) => seconds)),
    processorSeconds: median(measured.map(({ processorSeconds }) => processorSeconds)),
    counts: measured[0]?.counts ?? { stop: 0, look: 0, note: 0 },
  };
}
