/**
 * The characters that the router reads percent-encoded as well as plain. The others of ASCII it leaves encoded, so that
 * `%2f` is no slash and `%2561` no `a`. Source: find-my-way 9, lib/url-sanitizer.js; `spellings.spec.ts` asks the router.
 */
const decoded = /^[^\x00-\x20\x7f-\uffff#$%&+,/:;=?@]$/;

/**
 * Every path, as it is sent, that the router takes for a pattern: a regular expression of the kind that load balancers
 * take too. Case, doubled slashes, a slash at the end and dot segments make it another path here; what follows a `#` is
 * no part of it.
 *
 * @param pattern of Fastify's kind: text, `:name` for a whole segment, and `*` at the end
 * @throws {TypeError} for any other pattern: who reaches it would not be known
 */
export function spellings(pattern: string): string {
  if (!pattern.startsWith('/')) throw notUnderstood(pattern);
  const segments = pattern.split('/').slice(1);
  const read = segments.map((segment, index) => {
    if (segment === '*' && index === segments.length - 1) return '[^#]*';
    if (/^:\w+$/.test(segment)) return '[^/#]+';
    if (/[:*()]/.test(segment)) throw notUnderstood(pattern);
    return [...segment].map(spellingsOf).join('');
  });
  return `^/${read.join('/')}(?:#.*)?$`;
}

function notUnderstood(pattern: string): TypeError {
  return new TypeError(`The paths of ${pattern} are not understood: add its kind in apps/auth/src/routes/spellings.ts`);
}

function spellingsOf(character: string): string {
  const plain = /\w/.test(character) ? character : `\\${character}`;
  if (!decoded.test(character)) return plain;
  const digits = character.charCodeAt(0).toString(16);
  const encoded = [...digits].map((digit) => (/\d/.test(digit) ? digit : `[${digit}${digit.toUpperCase()}]`)).join('');
  return `(?:${plain}|%${encoded})`;
}

/** How closely a pattern says what it takes, segment by segment: the router prefers what is written out. */
export function closeness(pattern: string): string {
  const rank = (segment: string): string => (segment === '*' ? '0' : segment.startsWith(':') ? '1' : '2');
  return pattern.split('/').slice(1).map(rank).join('');
}
