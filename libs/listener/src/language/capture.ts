import { type Expression } from './expression.ts';
import { symbolOf, type SymbolSet } from './symbols.ts';

type Step =
  | { readonly kind: 'symbol'; readonly set: SymbolSet }
  /** The first is tried before the second. */
  | { readonly kind: 'either'; first: number; second: number }
  | { readonly kind: 'jump'; to: number }
  /** Remembers the place. */
  | { readonly kind: 'mark'; readonly slot: number }
  | { readonly kind: 'end' };

/** Where each group begins and ends, at twice its number and after it; -1 where it took no part. */
export type Captured = readonly number[];

/**
 * Takes whole texts apart as an expression says, in the order in which Perl, PCRE and JavaScript try.
 *
 * Each step is tried at most once at each place of the text: that it failed there does not depend on the way to it. So the
 * time is at most the length of the text times that of the expression, whatever both are, where backtracking takes time
 * that doubles with each character.
 */
export class Capture {
  readonly #steps: Step[] = [];
  #slots = 0;

  constructor(expression: Expression) {
    this.#write(expression);
    this.#steps.push({ kind: 'end' });
  }

  /** The highest number of a group. */
  get groups(): number {
    return this.#slots / 2 - 1;
  }

  /** @returns undefined when the text is not of the language */
  of(text: string): Captured | undefined {
    const width = text.length + 1;
    const tried = new Uint8Array(((this.#steps.length * width) >> 3) + 1);
    const marks = Array.from({ length: this.#slots }, () => -1);
    // In turn: what is still to be tried, or, as a number below 0, a mark to set back; and a place.
    const waiting = [0, 0];
    while (waiting.length > 0) {
      let place = waiting.pop() as number;
      let at = waiting.pop() as number;
      if (at < 0) {
        marks[-1 - at] = place;
        continue;
      }
      for (;;) {
        const bit = at * width + place;
        const mask = 1 << (bit & 7);
        if (((tried[bit >> 3] as number) & mask) !== 0) break;
        tried[bit >> 3] = (tried[bit >> 3] as number) | mask;
        const step = this.#steps[at] as Step;
        if (step.kind === 'end') {
          if (place === text.length) return marks;
          break;
        }
        if (step.kind === 'symbol') {
          const symbol = place < text.length ? symbolOf(text.charAt(place)) : undefined;
          if (symbol === undefined || step.set[symbol] !== 1) break;
          place += 1;
          at += 1;
        } else if (step.kind === 'either') {
          waiting.push(step.second, place);
          at = step.first;
        } else if (step.kind === 'jump') {
          at = step.to;
        } else {
          waiting.push(-1 - step.slot, marks[step.slot] as number);
          marks[step.slot] = place;
          at += 1;
        }
      }
    }
    return undefined;
  }

  #write(expression: Expression): void {
    switch (expression.kind) {
      case 'symbol':
        this.#steps.push(expression);
        return;
      case 'sequence':
        for (const part of expression.parts) this.#write(part);
        return;
      case 'choice':
        this.#writeChoice(expression.parts);
        return;
      case 'repeat':
        this.#writeRepeat(expression.part, expression.lazy === true);
        return;
      case 'group':
        this.#mark(2 * expression.number);
        this.#write(expression.part);
        this.#mark(2 * expression.number + 1);
    }
  }

  #writeChoice(parts: readonly Expression[]): void {
    const jumps: { to: number }[] = [];
    for (const [index, part] of parts.entries()) {
      const isLast = index === parts.length - 1;
      const either = { kind: 'either' as const, first: this.#steps.length + 1, second: 0 };
      if (!isLast) this.#steps.push(either);
      this.#write(part);
      if (isLast) continue;
      const jump = { kind: 'jump' as const, to: 0 };
      this.#steps.push(jump);
      jumps.push(jump);
      either.second = this.#steps.length;
    }
    for (const jump of jumps) jump.to = this.#steps.length;
  }

  #writeRepeat(part: Expression, lazy: boolean): void {
    const begin = this.#steps.length;
    const either = { kind: 'either' as const, first: begin + 1, second: begin + 1 };
    this.#steps.push(either);
    this.#write(part);
    this.#steps.push({ kind: 'jump', to: begin });
    either[lazy ? 'first' : 'second'] = this.#steps.length;
  }

  #mark(slot: number): void {
    this.#slots = Math.max(this.#slots, slot + 1);
    this.#steps.push({ kind: 'mark', slot });
  }
}
