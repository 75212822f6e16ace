export interface Figure {
  readonly name: string;
  /** One value a run. */
  readonly values: readonly number[];
  readonly unit: 's' | 'MB';
  /** The most that is acceptable. */
  readonly limit: number;
}

/** The middle value; of an even number, the upper of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** A Markdown table: the median, the range, and the limit of every figure. */
export function renderTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, values, unit, limit }) => {
    const format = (value: number): string => `${value.toFixed(unit === 's' ? 2 : 0)} ${unit}`;
    const range = `${format(Math.min(...values))} – ${format(Math.max(...values))}`;
    return `| ${name} | ${format(median(values))} | ${range} (${values.length} runs) | ${format(limit)} |`;
  });
  return ['| figure | median | range | at most |', '|---|---|---|---|', ...rows].join('\n');
}

/** Runs a task so many times, one after another. */
export async function repeat<T>(times: number, task: () => Promise<T>): Promise<readonly T[]> {
  const results: T[] = [];
  for (let run = 0; run < times; run++) results.push(await task());
  return results;
}
