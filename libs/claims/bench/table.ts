import { type Contender, type Rates } from './rounds.ts';

/** The least that a figure may be of a peer's. */
export interface Limit {
  readonly peer: string;
  readonly atLeast: number;
}

export interface Comparison {
  /** The contender that all others are compared with. */
  readonly subject: string;
  readonly contenders: readonly Contender[];
  readonly limits: readonly Limit[];
}

/** The middle value; of an even number, the upper of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The median of the ratios that two contenders had in each round. */
export function ratio(rates: Rates, subject: string, peer: string): number {
  const peers = rates.get(peer) ?? [];
  return median((rates.get(subject) ?? []).map((rate, round) => rate / (peers[round] ?? Number.NaN)));
}

/** A Markdown table of the contenders, quickest first, with how much quicker than each the subject is. */
export function renderComparison({ subject, contenders, limits }: Comparison, rates: Rates): string {
  const rows = contenders
    .map(({ name, note }) => ({ name, note, perSecond: median(rates.get(name) ?? []) }))
    .toSorted((a, b) => b.perSecond - a.perSecond)
    .map(({ name, note, perSecond }) => {
      const itself = name === subject;
      const limit = limits.find(({ peer }) => peer === name);
      const compared = ratio(rates, subject, name);
      return row([
        itself ? `**${name}**` : name,
        note ?? '',
        Math.round(perSecond).toLocaleString('en-US'),
        (1e6 / perSecond).toFixed(1),
        itself ? '' : compared.toFixed(2),
        limit ? `≥ ${limit.atLeast.toFixed(2)}: ${verdict(compared >= limit.atLeast)}` : '',
      ]);
    });
  return [row(['', 'given', 'a second', 'µs', 'claims ÷ it', 'limit']), row(Array(6).fill('---')), ...rows].join('\n');
}

export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

export function verdict(met: boolean): string {
  return met ? 'met' : '**missed**';
}
