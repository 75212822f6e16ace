/**
 * The alphabet: visible ASCII with the space, `0x20` to `0x7e`, numbered from 0. Source: User Guide, "Condition basics":
 * only these characters are matched.
 */
export const symbolCount = 95;

const first = 0x20;

/** @returns undefined outside the alphabet */
export function symbolOf(character: string): number | undefined {
  const symbol = character.charCodeAt(0) - first;
  return symbol >= 0 && symbol < symbolCount ? symbol : undefined;
}

export function characterOf(symbol: number): string {
  return String.fromCharCode(symbol + first);
}

/** A set of symbols: 1 at the place of each member. */
export type SymbolSet = Readonly<Uint8Array>;

export function setOf(characters: string): SymbolSet {
  const set = new Uint8Array(symbolCount);
  for (const character of characters) {
    const symbol = symbolOf(character);
    if (symbol !== undefined) set[symbol] = 1;
  }
  return set;
}

export function complementOf(set: SymbolSet): SymbolSet {
  return set.map((member) => 1 - member);
}

export const everySymbol: SymbolSet = new Uint8Array(symbolCount).fill(1);

/** All symbols, those that read best in an example first. */
export const symbolsByPreference: readonly number[] = [
  ...new Set([
    ...[...'abcdefghijklmnopqrstuvwxyz0123456789-./_ABCDEFGHIJKLMNOPQRSTUVWXYZ'].flatMap(
      (character) => symbolOf(character) ?? [],
    ),
    ...Array.from({ length: symbolCount }, (_, symbol) => symbol),
  ]),
];

const preferences = Int8Array.from({ length: symbolCount }, (_, symbol) => symbolsByPreference.indexOf(symbol));

/** The symbol's place in {@link symbolsByPreference}. */
export function preferenceOf(symbol: number): number {
  return preferences[symbol] ?? symbolCount;
}
