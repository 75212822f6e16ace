/** Cognito's claims are flat but for lists; what is nested deeper was not written by it. */
const MAX_DEPTH = 16;

/**
 * Freezes a value of JSON and all in it: a user is shared by all requests that bring the same tokens.
 *
 * @throws {RangeError} when it is nested deeper than any claim
 */
export function deepFreeze<Value>(value: Value, depth = 0): Readonly<Value> {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) throw new RangeError('nested too deep');
  for (const inner of Object.values(value)) if (typeof inner === 'object') deepFreeze(inner, depth + 1);
  return Object.freeze(value);
}
