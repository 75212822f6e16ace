/** Longer values are cut: the whole is in the plan. */
const LONGEST = 120;

/** A value in a line, for people. */
export function describeValue(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= LONGEST ? text : `${[...text].slice(0, LONGEST - 1).join('')}…`;
}
