/**
 * Whether every text that the one pattern matches is matched by the other, with `*` for any characters and `?` for one.
 * Never says so wrongly; may fail to say so for patterns such as `a*` and `a?*`.
 */
export function globCovers(pattern: string, other: string): boolean {
  let [at, of] = [0, 0];
  let [star, resume] = [-1, 0];
  while (of < other.length) {
    const expected = pattern[at];
    if (expected === '*') {
      star = at++;
      resume = of;
    } else if (expected !== undefined && (expected === other[of] || (expected === '?' && other[of] !== '*'))) {
      at++;
      of++;
    } else if (star >= 0) {
      at = star + 1;
      of = ++resume;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}
