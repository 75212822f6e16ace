/** One row of the table: what was measured, and the limit that it has to keep. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: '/min' | 'MB' | 'ms' | 's';
  /** `undefined` where the figure is for information. */
  readonly limit?: { readonly kind: 'at least' | 'at most'; readonly value: number };
}

/** A Markdown table of figures. */
export function renderFigures(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, unit, limit }) => {
    const shown = `${value.toFixed(unit === 's' ? 2 : unit === 'ms' ? 1 : 0)} ${unit}`;
    return `| ${name} | ${shown} | ${limit ? verdict(value, unit, limit) : ''} |`;
  });
  return ['| figure | measured | limit |', '|---|---|---|', ...rows].join('\n');
}

/** The middle value; of an even number, the upper of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function verdict(value: number, unit: string, { kind, value: limit }: NonNullable<Figure['limit']>): string {
  const met = kind === 'at least' ? value >= limit : value <= limit;
  return `${kind} ${limit} ${unit}: ${met ? 'met' : '**missed**'}`;
}
