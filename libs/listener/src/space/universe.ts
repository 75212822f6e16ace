import { Automaton } from '../language/automaton.ts';
import { choice, type Expression, repeat, sequence, symbol, text } from '../language/expression.ts';

/**
 * Which requests are looked for. `ordinary` ones have a host, a path and a query that a browser could send; `any` are
 * those with whatever visible ASCII a client can put there.
 *
 * What has a host or a path outside visible ASCII, or none, is not HTTP (RFC 3986 section 2, RFC 9112 section 3.2), and
 * neither searched for nor spoken of.
 */
export type Reach = 'ordinary' | 'any';

/** The parts of a request that are texts. */
export type TextPart = 'host' | 'path' | 'query' | 'header';

const letters = 'abcdefghijklmnopqrstuvwxyz';
const capitals = letters.toUpperCase();
const digits = '0123456789';
/** All but letters, digits and the space. */
const marks = `!"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~`;

/** Case makes no difference in a host, a header value and a query, so that lower case stands for both. */
const folded = letters + digits + marks;

const without = (characters: string, left: string): string =>
  [...characters].filter((character) => !left.includes(character)).join('');

const some = (characters: string): Expression => repeat(symbol(characters));

/** A name of at least two labels, the last one beginning with a letter (RFC 1123 section 2.1), `_` among the others. */
function hostName(): Expression {
  const ends = `${letters}${digits}_`;
  const label = (first: string): Expression =>
    sequence(symbol(first), choice(text(''), sequence(some(`${ends}-`), symbol(ends))));
  return sequence(label(ends), symbol('.'), repeat(sequence(label(ends), symbol('.'))), label(letters));
}

function atLeastOne(characters: string): Expression {
  return sequence(symbol(characters), some(characters));
}

/** White space around a field's value is not part of it (RFC 9110 section 5.5). */
function fieldValue(): Expression {
  return choice(text(''), symbol(folded), sequence(symbol(folded), some(`${folded} `), symbol(folded)));
}

/** A pair of a query with a key, as `key=value` or `key`. A fragment begins with `#`, and no browser sends it. */
function namedPair(): Expression {
  const key = without(folded, '=&#');
  return sequence(atLeastOne(key), choice(text(''), sequence(symbol('='), some(without(folded, '&#')))));
}

const universes: Readonly<Record<Reach, Readonly<Record<TextPart, Automaton>>>> = {
  ordinary: {
    host: new Automaton(hostName()),
    path: new Automaton(sequence(symbol('/'), some(letters + capitals + digits + without(marks, '?#%<>[\\]^`{|}')))),
    query: new Automaton(namedPair()),
    header: new Automaton(fieldValue()),
  },
  any: {
    host: new Automaton(atLeastOne(without(folded, '/?#@\\'))),
    path: new Automaton(sequence(symbol('/'), some(letters + capitals + digits + without(marks, '?')))),
    query: new Automaton(atLeastOne(without(folded, '&'))),
    header: new Automaton(fieldValue()),
  },
};

export function universeOf(part: TextPart, reach: Reach): Automaton {
  return universes[reach][part];
}
