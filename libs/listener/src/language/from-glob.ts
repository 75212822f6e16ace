import { type Escapes, globItems } from '../match/glob.ts';
import { type Expression, repeat, sequence } from './expression.ts';
import { everySymbol, setOf, type SymbolSet } from './symbols.ts';

/**
 * The language of a pattern: `*` stands for any number of symbols, `?` for one.
 *
 * @param within the symbols that wildcards stand for and characters may be @default every symbol
 */
export function expressionOfGlob(pattern: string, escapes: Escapes, within: SymbolSet = everySymbol): Expression {
  const wildcard: Expression = { kind: 'symbol', set: within };
  return sequence(
    ...globItems(pattern, escapes).map((item): Expression => {
      if (item === '*') return repeat(wildcard);
      if (item === '?') return wildcard;
      return { kind: 'symbol', set: setOf(item.literal).map((member, index) => member & (within[index] ?? 0)) };
    }),
  );
}
