/** Requests a second, one figure a round. */
export interface RouteRates {
  readonly open: number[];
  readonly cached: number[];
  readonly uncached: number[];
}

const LIMIT = 0.85;

/** A Markdown table of the routes, each beside the public one. Ratios are taken within a round. */
export function renderRoutes({ open, cached, uncached }: RouteRates): string {
  const ratio = (rates: readonly number[]): number =>
    median(rates.map((rate, round) => rate / (open[round] ?? Number.NaN)));
  const verdict = `≥ ${LIMIT.toFixed(2)}: ${ratio(cached) >= LIMIT ? 'met' : '**missed**'}`;
  const cells = [
    ['', 'requests a second', 'each round', '÷ public', 'limit'],
    ['---', '---', '---', '---', '---'],
    ['the route made public', whole(median(open)), open.map(whole).join(', '), '', ''],
    [
      'authenticated, tokens cached',
      whole(median(cached)),
      cached.map(whole).join(', '),
      ratio(cached).toFixed(2),
      verdict,
    ],
    [
      'authenticated, cache off',
      whole(median(uncached)),
      uncached.map(whole).join(', '),
      ratio(uncached).toFixed(2),
      '',
    ],
  ];
  return cells.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
