import { choice, emptyText, type Expression, group, lazily, repeat, sequence } from './expression.ts';
import { type Count, repeated } from './repeated.ts';
import { classes, eitherCase, posixClasses, rangeOf } from './symbol-classes.ts';
import { complementOf, everySymbol, setOf, symbolOf, type SymbolSet } from './symbols.ts';

/** What is written is not a regular expression, or one that AWS does not take, or one that is not read here. */
export class RegexError extends Error {
  override readonly name = 'RegexError';
}

/** More copies of an element than `{n,m}` may ask for: RE2's limit, and that of most engines in its family. */
const maximumCount = 1000;

/** At most this many symbols after the quantifiers are written out: the time to link them grows with the square. */
const maximumSize = 2000;

/** Whether `a` in an expression is `A` too. */
export type Case = 'sensitive' | 'insensitive';

/**
 * The language of a regular expression, of the kind that AWS takes: no lookaround, backreference, atomic group, possessive
 * quantifier, subroutine, recursion or Unicode class. It is searched for in the text unless `^` and `$` hold it.
 *
 * Anchors are read at the ends of the whole expression and of the alternatives at its top; elsewhere, and for word
 * boundaries, it is refused rather than read wrongly. With `insensitive` it speaks of lower-case texts.
 *
 * Source: User Guide, "Rule basics" and "Rule condition types"
 *
 * @throws RegexError
 */
export function expressionOfRegex(regex: string, letters: Case): Expression {
  return choice(...alternativesOfRegex(regex, letters));
}

const anything = repeat({ kind: 'symbol', set: everySymbol });
const asLittleAsGoes = lazily({ kind: 'symbol', set: everySymbol });

/** The same, an alternative at the top for each: the one that begins first is taken. @throws RegexError */
export function alternativesOfRegex(regex: string, letters: Case): readonly Expression[] {
  return new RegexReader(regex, letters).alternatives();
}

class RegexReader {
  #at = 0;
  #size = 0;
  #depth = 0;
  #groups = 0;
  #letters: Case;

  constructor(
    private readonly regex: string,
    letters: Case,
  ) {
    this.#letters = letters;
  }

  alternatives(): readonly Expression[] {
    this.#flags();
    const alternatives = [this.#anchored()];
    while (this.#take('|')) alternatives.push(this.#anchored());
    if (this.#at < this.regex.length) throw this.#error(`"${this.#peek()}" stands alone`);
    return alternatives;
  }

  #anchored(): Expression {
    const begin = this.#take('^') || this.#take('\\A');
    const parts = this.#elements();
    const end = this.#take('$') || this.#take('\\z') || this.#take('\\Z');
    return sequence(begin ? emptyText : asLittleAsGoes, group(0, sequence(...parts)), end ? emptyText : anything);
  }

  #flags(): void {
    if (this.#take('(?i)')) this.#letters = 'insensitive';
  }

  #elements(): readonly Expression[] {
    const parts: Expression[] = [];
    while (this.#at < this.regex.length && !'|)'.includes(this.#peek()) && !this.#isEnd())
      parts.push(this.#quantified());
    return parts;
  }

  #isEnd(): boolean {
    return this.#peek() === '$' || /^\\[zZ]/.test(this.regex.slice(this.#at));
  }

  #quantified(): Expression {
    const before = this.#size;
    let element = this.#atom();
    for (let quantifiers = 0; ; quantifiers += 1) {
      const range = this.#range();
      if (range === undefined) return element;
      if (quantifiers > 0) throw this.#error('a quantifier follows a quantifier');
      const { least, most } = range;
      this.#grow((this.#size - before) * (Math.max(least, most ?? least, 1) - 1));
      element = repeated(element, range);
    }
  }

  #range(): Count | undefined {
    const [whole, sign, least, comma, most, suffix] =
      /^(?:([*+?])|\{(\d+)(,)?(\d+)?\})([?+])?/.exec(this.regex.slice(this.#at)) ?? [];
    if (whole === undefined) return undefined;
    if (suffix === '+') throw this.#error('a possessive quantifier is not taken by AWS');
    this.#at += whole.length;
    const lazy = suffix === '?';
    if (sign !== undefined) return { least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : undefined, lazy };
    const low = Number(least);
    const high = comma === undefined ? low : most === undefined ? undefined : Number(most);
    if (low > maximumCount || (high !== undefined && (high > maximumCount || high < low))) {
      throw this.#error(`the quantifier ${whole} is out of range`);
    }
    return { least: low, most: high, lazy };
  }

  #atom(): Expression {
    this.#grow(1);
    const character = this.regex.charAt(this.#at);
    this.#at += 1;
    switch (character) {
      case '(':
        return this.#group();
      case '[':
        return this.#symbols(this.#bracket());
      case '.':
        return { kind: 'symbol', set: everySymbol };
      case '\\':
        return this.#symbols(this.#escape());
      case '*':
      case '+':
      case '?':
        throw this.#error(`nothing stands before "${character}"`);
      case '^':
        throw this.#error('"^" is read at the beginning alone');
      default:
        return this.#symbols(this.#literal(character));
    }
  }

  #group(): Expression {
    const [special, name] = /^\?(?::|(P?<[A-Za-z_]\w*>))/.exec(this.#rest()) ?? [''];
    if (special === '' && this.#peek() === '?') {
      throw this.#error('a group with "?" other than (?: and named ones is not read');
    }
    this.#at += special.length;
    const number = special === '' || name !== undefined ? (this.#groups += 1) : undefined;
    this.#depth += 1;
    if (this.#depth > 32) throw this.#error('groups are nested too deeply');
    const alternatives = [sequence(...this.#elements())];
    while (this.#take('|')) alternatives.push(sequence(...this.#elements()));
    if (!this.#take(')')) throw this.#error(this.#isEnd() ? '"$" is read at the end alone' : 'a group is not closed');
    this.#depth -= 1;
    return number === undefined ? choice(...alternatives) : group(number, choice(...alternatives));
  }

  #bracket(): SymbolSet {
    const negated = this.#take('^');
    const set = setOf('').slice();
    for (let first = true; first || this.#peek() !== ']'; first = false) {
      if (this.#at >= this.regex.length) throw this.#error('a bracket is not closed');
      const members = this.#membersOrRange();
      members.forEach((member, symbol) => (set[symbol] = (set[symbol] ?? 0) | member));
    }
    this.#at += 1;
    const folded = this.#fold(set);
    return negated ? complementOf(folded) : folded;
  }

  #membersOrRange(): SymbolSet {
    const low = this.#member();
    if (this.#peek() !== '-' || this.regex.charAt(this.#at + 1) === ']') return low;
    this.#at += 1;
    const range = rangeOf(low, this.#member());
    if (range === undefined) throw this.#error('a range in brackets is not one');
    return range;
  }

  #member(): SymbolSet {
    const named = /^\[:(\w+):\]/.exec(this.#rest());
    if (named !== null) {
      this.#at += named[0].length;
      const set = posixClasses[named[1] ?? ''];
      if (set === undefined) throw this.#error(`the class ${named[0]} is not read`);
      return set;
    }
    const character = this.regex.charAt(this.#at);
    this.#at += 1;
    return character === '\\' ? this.#escape() : this.#literal(character);
  }

  #escape(): SymbolSet {
    const character = this.regex.charAt(this.#at);
    this.#at += 1;
    const known = classes[character.toLowerCase()];
    if (known !== undefined) return character === character.toLowerCase() ? known : complementOf(known);
    if (character === 'x') return this.#hexadecimal();
    if (character === '' || /[A-Za-z0-9]/.test(character)) throw this.#error(`"\\${character}" is not read`);
    return this.#literal(character);
  }

  #hexadecimal(): SymbolSet {
    const digits = /^[0-9A-Fa-f]{2}/.exec(this.#rest())?.[0];
    if (digits === undefined) throw this.#error('"\\x" wants two digits');
    this.#at += 2;
    return this.#literal(String.fromCharCode(Number.parseInt(digits, 16)));
  }

  #literal(character: string): SymbolSet {
    if (symbolOf(character) === undefined) throw this.#error('only visible ASCII is matched');
    return setOf(character);
  }

  #symbols(set: SymbolSet): Expression {
    return { kind: 'symbol', set: this.#fold(set) };
  }

  #fold(set: SymbolSet): SymbolSet {
    return this.#letters === 'sensitive' ? set : eitherCase(set);
  }

  #grow(by: number): void {
    this.#size += by;
    if (this.#size > maximumSize) throw this.#error('it is too large');
  }

  #peek(): string {
    return this.regex.charAt(this.#at);
  }

  #rest(): string {
    return this.regex.slice(this.#at);
  }

  #take(token: string): boolean {
    const found = this.regex.startsWith(token, this.#at);
    if (found) this.#at += token.length;
    return found;
  }

  #error(what: string): RegexError {
    return new RegexError(what);
  }
}
