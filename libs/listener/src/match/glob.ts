/**
 * Whether a backslash before `*` or `?` makes it an ordinary character. Only query-string conditions know it. Source:
 * ELBv2 API, QueryStringConditionConfig.
 */
export type Escapes = 'plain' | 'escaped';

/** One element of a pattern: a character, `ONE` for any one character, or `MANY` for any number of them. */
type Element = number;
const ONE = -1;
const MANY = -2;

function elementsOf(pattern: string, escapes: Escapes): readonly Element[] {
  const elements: Element[] = [];
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern.charAt(index);
    const next = pattern.charAt(index + 1);
    if (escapes === 'escaped' && character === '\\' && (next === '*' || next === '?')) {
      elements.push(next.charCodeAt(0));
      index += 1;
    } else if (character === '*') {
      if (elements.at(-1) !== MANY) elements.push(MANY);
    } else {
      elements.push(character === '?' ? ONE : character.charCodeAt(0));
    }
  }
  return elements;
}

/** The wildcards of a pattern, as AWS counts them towards a rule's limit. */
export function countWildcards(pattern: string, escapes: Escapes): number {
  const unescaped = escapes === 'escaped' ? pattern.replaceAll(/\\[*?]/g, '') : pattern;
  return unescaped.replaceAll(/[^*?]/g, '').length;
}

/**
 * A test of whole texts against a pattern: `*` stands for any number of characters, `?` for exactly one. Case matters;
 * compile a lower-case pattern and test lower-case texts where it must not.
 *
 * Its time is at most the length of the text times that of the pattern, which AWS limits to 128 characters: a text made
 * to be slow is not. (A regular expression of the same meaning takes time that grows with a power of the text's length.)
 */
export function compileGlob(pattern: string, escapes: Escapes): (text: string) => boolean {
  const elements = elementsOf(pattern, escapes);
  const wild = elements.findIndex((element) => element < 0);
  const prefix = String.fromCharCode(...(wild < 0 ? elements : elements.slice(0, wild)));
  if (wild < 0) return (text) => text === prefix;
  // By far the most frequent pattern, and the fastest.
  if (wild === elements.length - 1 && elements[wild] === MANY) return (text) => text.startsWith(prefix);
  const rest = elements.slice(wild);
  return (text) => text.startsWith(prefix) && matches(rest, text, prefix.length);
}

/** Two pointers: on a mismatch only the last `*` takes one character more, as an earlier one could gain nothing. */
function matches(elements: readonly Element[], text: string, start: number): boolean {
  let at = start;
  let element = 0;
  let star = -1;
  let starAt = start;
  while (at < text.length) {
    const wanted = elements[element];
    if (wanted === MANY) {
      star = element;
      starAt = at;
      element += 1;
    } else if (wanted === ONE || wanted === text.charCodeAt(at)) {
      at += 1;
      element += 1;
    } else if (star >= 0) {
      starAt += 1;
      at = starAt;
      element = star + 1;
    } else {
      return false;
    }
  }
  while (elements[element] === MANY) element += 1;
  return element === elements.length;
}
