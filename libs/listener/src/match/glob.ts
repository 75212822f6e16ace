/**
 * Whether a backslash before `*` or `?` makes it an ordinary character. Only query-string conditions know it. Source:
 * ELBv2 API, QueryStringConditionConfig.
 */
export type Escapes = 'plain' | 'escaped';

/** What lies between two `*`: the codes of its characters, `ANY` for a `?`. */
type Segment = readonly number[];
const ANY = -1;

/** One element of a pattern. */
export type GlobItem = '*' | '?' | { readonly literal: string };

/** The elements of a pattern, escapes resolved. */
export function globItems(pattern: string, escapes: Escapes): readonly GlobItem[] {
  const items: GlobItem[] = [];
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern.charAt(index);
    const next = pattern.charAt(index + 1);
    if (escapes === 'escaped' && character === '\\' && (next === '*' || next === '?')) {
      items.push({ literal: next });
      index += 1;
    } else {
      items.push(character === '*' || character === '?' ? character : { literal: character });
    }
  }
  return items;
}

/** The pattern cut at its `*`: one segment when it has none. */
function segmentsOf(pattern: string, escapes: Escapes): readonly Segment[] {
  const segments: number[][] = [[]];
  for (const item of globItems(pattern, escapes)) {
    if (item === '*') segments.push([]);
    else segments.at(-1)?.push(item === '?' ? ANY : item.literal.charCodeAt(0));
  }
  return segments;
}

/** The wildcards of a pattern, as AWS counts them towards a rule's limit. */
export function countWildcards(pattern: string, escapes: Escapes): number {
  return globItems(pattern, escapes).filter((item) => item === '*' || item === '?').length;
}

/**
 * A test of whole texts against a pattern: `*` stands for any number of characters, `?` for exactly one. Case matters;
 * compile a lower-case pattern and test lower-case texts where it must not.
 *
 * Its time is at most the length of the text times that of the pattern, which AWS limits to 128 characters: a text made
 * to be slow is not. (A regular expression of the same meaning takes time that grows with a power of the text's length.)
 */
export function compileGlob(pattern: string, escapes: Escapes): (text: string) => boolean {
  const segments = segmentsOf(pattern, escapes);
  const first = segments[0] ?? [];
  const last = segments.at(-1) ?? [];
  if (segments.length === 1) return (text) => text.length === first.length && isAt(first, text, 0);
  const middle = segments.slice(1, -1).filter((segment) => segment.length > 0);
  const least = first.length + last.length;
  return (text) => {
    const end = text.length - last.length;
    return (
      text.length >= least && isAt(first, text, 0) && isAt(last, text, end) && follow(middle, text, first.length, end)
    );
  };
}

function isAt(segment: Segment, text: string, start: number): boolean {
  for (let index = 0; index < segment.length; index += 1) {
    const wanted = segment[index];
    if (wanted !== ANY && wanted !== text.charCodeAt(start + index)) return false;
  }
  return true;
}

/** Each segment after the other, each at its leftmost place: that leaves the following ones the most room. */
function follow(segments: readonly Segment[], text: string, start: number, end: number): boolean {
  let at = start;
  for (const segment of segments) {
    while (at + segment.length <= end && !isAt(segment, text, at)) at += 1;
    at += segment.length;
    if (at > end) return false;
  }
  return true;
}
