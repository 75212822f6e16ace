import { BudgetExceeded } from './budget.ts';
import { type Expression } from './expression.ts';
import { symbolCount, symbolOf, type SymbolSet } from './symbols.ts';

/** A state of a deterministic automaton. Its successors are made when they are first asked for. */
export interface State {
  readonly id: number;
  readonly accepts: boolean;
  /** No text leads from here to acceptance. */
  readonly dead: boolean;
  /** Every text from here is accepted. Not found for every state of which it is true. */
  readonly full: boolean;
  /** The symbols that may lead elsewhere than the others do. */
  readonly marks: readonly number[];
  /** @internal the positions of the expression just read; -1 is the beginning */
  readonly positions: readonly number[];
  /** @internal by symbol; the last is where all but the marks lead */
  readonly successors: (State | undefined)[];
  /** @internal */
  readonly marked: Readonly<Uint8Array>;
}

interface Position {
  readonly set: SymbolSet;
  /** The symbols that are told apart: the members, or the others where those are fewer. */
  readonly marks: readonly number[];
  /** Whether a symbol that is not marked is a member. */
  readonly rest: boolean;
  readonly follow: Set<number>;
}

/** No automaton makes more states: 128 characters with quantifiers can ask for 2^100. A number of 16 bits tells them apart. */
export const maximumStates = 20_000;

/**
 * The deterministic automaton of an expression: the positions of its symbols (Glushkov's construction), and sets of them
 * as states, made lazily (Brzozowski and McNaughton–Yamada are the sources of the idea; no text is ever tried twice).
 */
export class Automaton {
  readonly #positions: Position[] = [];
  readonly #begin: ReadonlySet<number>;
  readonly #last: ReadonlySet<number>;
  readonly #emptyAccepted: boolean;
  readonly #states = new Map<string, State>();
  readonly start: State;

  constructor(expression: Expression) {
    const { nullable, first, last } = this.#place(expression);
    this.#begin = first;
    this.#last = last;
    this.#emptyAccepted = nullable;
    this.start = this.#state([-1]);
  }

  step(state: State, symbol: number): State {
    const place = state.marked[symbol] === 1 ? symbol : symbolCount;
    return (state.successors[place] ??= this.#successor(state, symbol));
  }

  accepts(text: string): boolean {
    let state = this.start;
    for (let index = 0; index < text.length; index += 1) {
      const symbol = symbolOf(text.charAt(index));
      if (symbol === undefined || state.dead) return false;
      state = this.step(state, symbol);
    }
    return state.accepts;
  }

  #successor(state: State, symbol: number): State {
    const next = new Set<number>();
    for (const position of state.positions) {
      for (const candidate of this.#followOf(position)) {
        if (this.#positions[candidate]?.set[symbol] === 1) next.add(candidate);
      }
    }
    return this.#state([...next].sort((one, other) => one - other));
  }

  #followOf(position: number): ReadonlySet<number> {
    return this.#positions[position]?.follow ?? this.#begin;
  }

  #state(positions: readonly number[]): State {
    const key = positions.join(',');
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    if (this.#states.size >= maximumStates) throw new BudgetExceeded('An expression has too many states');
    const accepts = positions.some((position) => (position < 0 ? this.#emptyAccepted : this.#last.has(position)));
    const follow = new Set(positions.flatMap((position) => [...this.#followOf(position)]));
    const marked = new Uint8Array(symbolCount);
    for (const candidate of follow) {
      for (const mark of this.#positions[candidate]?.marks ?? []) marked[mark] = 1;
    }
    const state: State = {
      id: this.#states.size,
      accepts,
      dead: positions.length === 0,
      full: accepts && [...follow].some((candidate) => this.#absorbs(candidate)),
      marks: [...marked.keys()].filter((symbol) => marked[symbol] === 1),
      positions,
      successors: [],
      marked,
    };
    this.#states.set(key, state);
    return state;
  }

  /** A position at the end that reads every symbol and can be read again: `*` at the end of a pattern. */
  #absorbs(index: number): boolean {
    const position = this.#positions[index];
    return (
      position !== undefined &&
      position.rest &&
      position.marks.length === 0 &&
      this.#last.has(index) &&
      position.follow.has(index)
    );
  }

  #place(expression: Expression): Placed {
    switch (expression.kind) {
      case 'symbol': {
        if (!expression.set.includes(1)) return { nullable: false, first: new Set(), last: new Set() };
        const index = this.#positions.push(positionOf(expression.set)) - 1;
        return { nullable: false, first: new Set([index]), last: new Set([index]) };
      }
      case 'sequence':
        return expression.parts.reduce<Placed>((before, part) => this.#join(before, this.#place(part)), nothing);
      case 'choice': {
        const parts = expression.parts.map((part) => this.#place(part));
        return {
          nullable: parts.some(({ nullable }) => nullable),
          first: new Set(parts.flatMap(({ first }) => [...first])),
          last: new Set(parts.flatMap(({ last }) => [...last])),
        };
      }
      case 'repeat': {
        const { first, last } = this.#place(expression.part);
        this.#link(last, first);
        return { nullable: true, first, last };
      }
      case 'group':
        return this.#place(expression.part);
    }
  }

  #join(before: Placed, after: Placed): Placed {
    this.#link(before.last, after.first);
    return {
      nullable: before.nullable && after.nullable,
      first: before.nullable ? new Set([...before.first, ...after.first]) : before.first,
      last: after.nullable ? new Set([...before.last, ...after.last]) : after.last,
    };
  }

  #link(from: ReadonlySet<number>, to: ReadonlySet<number>): void {
    for (const position of from) for (const next of to) this.#positions[position]?.follow.add(next);
  }
}

/** A part of the expression: whether it can be empty, and the positions it can begin and end with. */
interface Placed {
  readonly nullable: boolean;
  readonly first: ReadonlySet<number>;
  readonly last: ReadonlySet<number>;
}

const nothing: Placed = { nullable: true, first: new Set(), last: new Set() };

function positionOf(set: SymbolSet): Position {
  const members = [...set.keys()].filter((symbol) => set[symbol] === 1);
  const rest = members.length * 2 > symbolCount;
  const marks = rest ? [...set.keys()].filter((symbol) => set[symbol] === 0) : members;
  return { set, marks, rest, follow: new Set() };
}
