/** Texts that are keys by their form, whoever issued them. Each pattern stands for the secret alone. */
const patterns: readonly RegExp[] = [
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/g,
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?/g,
  /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,})/g,
  /\bxox[abeprs]-[A-Za-z0-9-]{10,}/g,
  /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,}/g,
  /\bsk-[A-Za-z0-9_-]{20,}/g,
  /\bAIza[A-Za-z0-9_-]{30,}/g,
  /\bnpm_[A-Za-z0-9]{30,}/g,
  /\bhvs\.[A-Za-z0-9_-]{20,}/g,
  /(?<=\bhooks\.slack\.com\/services\/)[A-Za-z0-9/]{10,}/g,
  /(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@]*:)[^\s/?#@]+(?=@)/gi,
  /(?<=\b(?:Bearer|Basic) )[A-Za-z0-9+/=._~-]{12,}/g,
];

/** What could be a random key: not hexadecimal (a digest is shown), not words. */
const candidate = /[A-Za-z0-9+/=_-]{24,}/g;
const SHORTEST_RUN = 24;
/** Of a secret access key of AWS. */
const AWS_SECRET = 40;
const BITS_A_CHARACTER = 4;

/** The text with what looks like a key handed to `hide`. */
export function hideKeyLike(text: string, hide: (key: string) => string): string {
  if (text.length < 12) return text;
  const known = patterns.reduce((shown, pattern) => shown.replaceAll(pattern, hide), text);
  if (text.length < SHORTEST_RUN) return known;
  return known.replaceAll(candidate, (found) => (isRandom(found) ? hide(found) : found));
}

function isRandom(text: string): boolean {
  if (!/[a-z]/.test(text) || !/[A-Z]/.test(text) || !/\d/.test(text) || entropy(text) < BITS_A_CHARACTER) return false;
  const longestRun = Math.max(...text.split(/[^A-Za-z0-9]+/).map((run) => run.length));
  return longestRun >= SHORTEST_RUN || (text.length === AWS_SECRET && !/[_=-]/.test(text));
}

/** Bits a character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
