import { type Automaton, maximumStates, type State } from './automaton.ts';
import { type Budget } from './budget.ts';
import { symbolCount, symbolsByPreference } from './symbols.ts';

/** A question about texts: which of a universe are in all of some languages and in none of others. */
export interface Question {
  /** The texts that there are. */
  readonly universe: Automaton;
  readonly within: readonly Automaton[];
  readonly outside: readonly Automaton[];
}

/** A state of each automaton: of the universe, of those within, of those outside. */
export type ProductState = readonly State[];

/**
 * The automata of a question, run side by side. Only the states that are asked for are made.
 */
export class Product {
  readonly #automata: readonly Automaton[];
  /** Automata before this place have to accept, the others must not. */
  readonly #outsideFrom: number;
  readonly #marked = new Uint8Array(symbolCount);
  readonly start: ProductState;

  constructor(
    { universe, within, outside }: Question,
    readonly budget: Budget,
  ) {
    this.#automata = [universe, ...within, ...outside];
    this.#outsideFrom = 1 + within.length;
    this.start = this.#automata.map(({ start }) => start);
  }

  accepts(states: ProductState): boolean {
    for (let index = 0; index < states.length; index += 1) {
      if (states[index]?.accepts !== index < this.#outsideFrom) return false;
    }
    return true;
  }

  /** Whether it can be seen that no text leads from here to acceptance. */
  isHopeless(states: ProductState): boolean {
    for (let index = 0; index < states.length; index += 1) {
      const state = states[index] as State;
      if (index < this.#outsideFrom ? state.dead : state.full) return true;
    }
    return false;
  }

  /** @throws BudgetExceeded */
  step(states: ProductState, symbol: number): ProductState {
    this.budget.spend(states.length);
    const next = new Array<State>(states.length);
    for (let index = 0; index < states.length; index += 1) {
      next[index] = (this.#automata[index] as Automaton).step(states[index] as State, symbol);
    }
    return next;
  }

  /** Symbols that stand for all: those that lead elsewhere than the others, and one of each sort of the others. */
  symbols(states: ProductState): readonly number[] {
    const marked = this.#marked.fill(0);
    const symbols: number[] = [];
    const universe = universeSorts(this.#automata[0] as Automaton, states[0] as State);
    for (let index = 1; index < states.length; index += 1) {
      for (const mark of (states[index] as State).marks) {
        if (marked[mark] === 0) {
          marked[mark] = 1;
          if (universe.allowed[mark] === 1) symbols.push(mark);
        }
      }
    }
    for (const sort of universe.sorts) {
      const first = sort.find((symbol) => marked[symbol] === 0);
      if (first !== undefined) symbols.push(first);
    }
    return symbols;
  }

  /** Equal for equal states alone. */
  key(states: ProductState): number | string {
    if (states.length <= 3) {
      let sum = 0;
      for (const { id } of states) sum = sum * maximumStates + id;
      return sum;
    }
    let key = '';
    for (const { id } of states) key += String.fromCharCode(id);
    return key;
  }
}

/** The symbols that a universe allows in a state, those that lead to the same state together. */
interface Sorts {
  readonly allowed: Readonly<Uint8Array>;
  readonly sorts: readonly (readonly number[])[];
}

const known = new WeakMap<State, Sorts>();

function universeSorts(universe: Automaton, state: State): Sorts {
  const before = known.get(state);
  if (before !== undefined) return before;
  const allowed = new Uint8Array(symbolCount);
  const sorts = new Map<State, number[]>();
  for (const symbol of symbolsByPreference) {
    const next = universe.step(state, symbol);
    if (next.dead) continue;
    allowed[symbol] = 1;
    const sort = sorts.get(next);
    if (sort === undefined) sorts.set(next, [symbol]);
    else sort.push(symbol);
  }
  const made: Sorts = { allowed, sorts: [...sorts.values()] };
  known.set(state, made);
  return made;
}
