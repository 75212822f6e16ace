import { type Measured } from './measure.ts';

/** The most that is acceptable, for any listener at the quota. */
const limits = [
  ['match, a request', 'matchMicroseconds', 'µs', 20],
  ['exposure', 'exposureMilliseconds', 'ms', 500],
  ['compare, two rules changed', 'editMilliseconds', 'ms', 1000],
  ['compare, every rule changed', 'rewriteMilliseconds', 'ms', 1000],
] as const;

/** A Markdown table of the listeners, and the worst of each figure beside its limit. */
export function render(measured: readonly Measured[]): string {
  const rows = measured.map((one) =>
    row([
      one.name,
      String(one.regions),
      ...limits.map(([, key, unit]) => figure(one[key], unit)),
      String(one.undecided),
    ]),
  );
  const worst = limits.map(([, key, unit, limit]) => {
    const most = Math.max(...measured.map((one) => one[key]));
    return `≤ ${limit} ${unit}: ${most <= limit ? 'met' : '**missed**'}`;
  });
  return [
    row(['100 rules of', 'regions', ...limits.map(([name]) => name), 'undecided']),
    row(Array.from({ length: limits.length + 3 }, () => '---')),
    ...rows,
    row(['**at most**', '', ...worst, '']),
  ].join('\n');
}

function figure(value: number, unit: string): string {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
