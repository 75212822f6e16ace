/** Longer values are cut: the whole is in the plan. */
const LONGEST = 120;

/** A value in a line, for people. */
export function describeValue(value: unknown, longest: number = LONGEST): string {
  if (value === undefined || value === null) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= longest ? text : `${[...text].slice(0, longest - 1).join('')}…`;
}
