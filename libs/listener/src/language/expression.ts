import { everySymbol, setOf, type SymbolSet } from './symbols.ts';

/**
 * A regular language, as an expression over sets of symbols. What only says how a text is taken apart, the order of
 * choices, laziness and groups, changes no language.
 */
export type Expression =
  | { readonly kind: 'symbol'; readonly set: SymbolSet }
  | { readonly kind: 'sequence'; readonly parts: readonly Expression[] }
  /** The first that leads to a whole text is taken. */
  | { readonly kind: 'choice'; readonly parts: readonly Expression[] }
  /** As often as it goes or, if lazy, as seldom. */
  | { readonly kind: 'repeat'; readonly part: Expression; readonly lazy?: true }
  /** What is remembered under a number: 0 for the whole match. */
  | { readonly kind: 'group'; readonly number: number; readonly part: Expression };

export const anySymbol: Expression = { kind: 'symbol', set: everySymbol };

/** Every text, the empty one too. */
export const anyText: Expression = { kind: 'repeat', part: anySymbol };

/** The empty text alone. */
export const emptyText: Expression = { kind: 'sequence', parts: [] };

export function symbol(characters: string): Expression {
  return { kind: 'symbol', set: setOf(characters) };
}

export function text(characters: string): Expression {
  return sequence(...Array.from(characters, symbol));
}

export function sequence(...parts: readonly Expression[]): Expression {
  return { kind: 'sequence', parts };
}

export function choice(...parts: readonly Expression[]): Expression {
  return { kind: 'choice', parts };
}

/** Any number of times, none included. */
export function repeat(part: Expression): Expression {
  return { kind: 'repeat', part };
}

export function lazily(part: Expression): Expression {
  return { kind: 'repeat', part, lazy: true };
}

export function group(number: number, part: Expression): Expression {
  return { kind: 'group', number, part };
}
