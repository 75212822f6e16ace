import { setOf, type SymbolSet } from './symbols.ts';

/** What `\d`, `\w` and `\s` stand for, of the symbols that there are. */
export const classes: Readonly<Record<string, SymbolSet>> = {
  d: setOf('0123456789'),
  w: setOf('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_'),
  s: setOf(' '),
};

/** What `[:alpha:]` and the like stand for. */
export const posixClasses: Readonly<Record<string, SymbolSet>> = {
  alpha: setOf('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'),
  digit: setOf('0123456789'),
  alnum: setOf('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'),
  lower: setOf('abcdefghijklmnopqrstuvwxyz'),
  upper: setOf('ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
};

/**
 * From one symbol to another; undefined where they are the wrong way round, or either is a class: engines differ on what
 * that means.
 */
export function rangeOf(low: SymbolSet, high: SymbolSet): SymbolSet | undefined {
  const [from, to] = [low.indexOf(1), high.indexOf(1)];
  // `\s` is a class though it has one symbol here.
  const single = (one: SymbolSet): boolean => one !== classes['s'] && one.indexOf(1) === one.lastIndexOf(1);
  return single(low) && single(high) && from <= to
    ? setOf('')
        .slice()
        .fill(1, from, to + 1)
    : undefined;
}

/** With every letter the same letter in the other case. */
export function eitherCase(set: SymbolSet): SymbolSet {
  const folded = set.slice();
  for (let letter = 65; letter <= 90; letter += 1) {
    const [upper, lower] = [letter - 0x20, letter];
    const either = (set[upper] ?? 0) | (set[lower] ?? 0);
    folded[upper] = either;
    folded[lower] = either;
  }
  return folded;
}
