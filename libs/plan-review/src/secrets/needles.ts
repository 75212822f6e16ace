/** Shorter texts occur in everything. */
const SHORTEST = 4;
/** From this length on a text is found inside of others; shorter ones stand alone, as words. */
const INSIDE = 8;

/** Texts to be found in others, without regard to case, in time that hardly depends on how many they are. */
export class Needles {
  readonly #byStart = new Map<number, string[]>();
  /** Rules most positions of a text out without a look at the map. */
  readonly #starts = new Uint8Array(1 << 16);
  readonly #tokens = new Map<string, string>();

  add(text: string, token: string): void {
    const needle = fold(text);
    if (needle.length < SHORTEST || this.#tokens.has(needle)) return;
    this.#tokens.set(needle, token);
    const start = startAt(needle, 0);
    this.#starts[start & 0xffff] = 1;
    const same = this.#byStart.get(start) ?? [];
    // The longest that fits is taken.
    this.#byStart.set(
      start,
      [...same, needle].toSorted((one, other) => other.length - one.length),
    );
  }

  /** The text with each of the needles in it replaced by its token. */
  replaceIn(text: string): string {
    if (this.#tokens.size === 0 || text.length < SHORTEST) return text;
    const folded = fold(text);
    let replaced = '';
    let kept = 0;
    for (let index = 0; index <= folded.length - SHORTEST; index++) {
      const start = startAt(folded, index);
      if (this.#starts[start & 0xffff] === 0) continue;
      const found = this.#byStart.get(start)?.find((needle) => fits(needle, folded, index));
      if (found === undefined) continue;
      replaced += text.slice(kept, index) + (this.#tokens.get(found) ?? '');
      kept = index + found.length;
      index = kept - 1;
    }
    return kept === 0 ? text : replaced + text.slice(kept);
  }
}

function fits(needle: string, text: string, at: number): boolean {
  if (!text.startsWith(needle, at)) return false;
  if (needle.length >= INSIDE) return true;
  return !isWord(text.charCodeAt(at - 1)) && !isWord(text.charCodeAt(at + needle.length));
}

function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 122);
}

/** The first four characters in one number. */
function startAt(text: string, index: number): number {
  const hash = (text.charCodeAt(index) * 31 + text.charCodeAt(index + 1)) * 31 + text.charCodeAt(index + 2);
  return (hash * 31 + text.charCodeAt(index + 3)) | 0;
}

/** ASCII alone, so that the length stays. */
function fold(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}
