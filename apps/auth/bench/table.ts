import { type Load } from './load.ts';

/** What each route answered, one entry a round. */
export interface Rounds {
  readonly open: readonly Load[];
  readonly cached: readonly Load[];
  readonly uncached: readonly Load[];
}

const LIMIT = 0.85;

/**
 * A Markdown table of the routes, each beside the public one, by what came out and by what the server spent on it: where
 * the load is made on the same machine, what comes out is not the server's doing alone. Ratios are taken within a
 * round.
 */
export function renderRoutes({ open, cached, uncached }: Rounds): string {
  const ratios = (loads: readonly Load[]): readonly number[] =>
    [perSecond, perCpuSecond].map((rate) => median(loads.map((load, round) => rate(load) / rate(open[round]))));
  const row = (name: string, loads: readonly Load[], compared: readonly number[], limit: string): readonly string[] => [
    name,
    whole(median(loads.map(perSecond))),
    loads.map((load) => whole(perSecond(load))).join(', '),
    whole(1e6 / median(loads.map(perCpuSecond))),
    compared.map((ratio) => ratio.toFixed(2)).join(', by processor '),
    limit,
  ];
  const met = ratios(cached).every((ratio) => ratio >= LIMIT);
  const rows = [
    ['', 'requests a second', 'each round', 'µs of processor each', '÷ public', 'limit'],
    Array<string>(6).fill('---'),
    row('the route made public', open, [], ''),
    row('authenticated, tokens cached', cached, ratios(cached), `≥ ${LIMIT.toFixed(2)}: ${met ? 'met' : '**missed**'}`),
    row('authenticated, cache off', uncached, ratios(uncached), ''),
  ];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function perCpuSecond(load: Load | undefined): number {
  return load === undefined ? Number.NaN : load.requests / load.cpuSeconds;
}

function perSecond(load: Load | undefined): number {
  return load === undefined ? Number.NaN : load.requests / load.seconds;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
