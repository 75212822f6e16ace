import { Budget, BudgetExceeded } from '../language/budget.ts';
import { type ListenerRequest } from '../model.ts';
import { type Box, type Constraint, type Dimension } from './constraint.ts';
import { type Reach } from './universe.ts';
import { type Taste, valueOf } from './value.ts';

/** Requests that are in all of some boxes and in none of others. */
export interface RequestQuestion {
  readonly within: Box;
  /** A box that the request is in and must not be, by its number; undefined when there is none. */
  readonly rival: (request: ListenerRequest) => number | undefined;
  readonly boxOf: (rival: number) => Box;
}

export type SearchResult =
  | { readonly kind: 'found'; readonly request: ListenerRequest; readonly reach: Reach }
  /** There is none: together these rivals hold every request that is within. */
  | { readonly kind: 'empty'; readonly rivals: readonly number[] }
  /** The question costs more than it may. */
  | { readonly kind: 'undecided' };

/**
 * A step is a symbol read by an automaton, some 50 ns. The costliest question about the listeners of the tests at the
 * quota takes a hundredth of this.
 */
const stepsPerQuestion = 4_000_000;

/**
 * Finds a request, the simplest at hand, or proves that there is none.
 *
 * A request is guessed; a rival that holds it is escaped from through one of the parts of the request that the rival
 * looks at, and the next one is guessed. Where no part is left to escape through, the way was wrong, and the one before is
 * tried again with another part. Parts are independent of each other and each is decided exactly, so that the whole is.
 */
export function searchRequest(question: RequestQuestion, taste: Taste): SearchResult {
  const budget = new Budget(stepsPerQuestion);
  try {
    const ordinary = new Search(question, 'ordinary', taste, budget).run();
    return ordinary.kind === 'empty' ? new Search(question, 'any', taste, budget).run() : ordinary;
  } catch (error) {
    if (error instanceof BudgetExceeded) return { kind: 'undecided' };
    throw error;
  }
}

/** In the order in which an example is changed to escape a rival. */
const order: readonly string[] = ['path', 'source', 'method', 'host', 'query', 'header'];

const rankOf = ({ dimension }: Constraint): number => order.indexOf(dimension.split(' ')[0] ?? '');

class Search {
  readonly #values = new Map<string, readonly string[] | undefined>();
  readonly #failed = new Set<string>();
  readonly #rivals = new Set<number>();
  readonly #dimensions: readonly Dimension[];

  constructor(
    readonly question: RequestQuestion,
    readonly reach: Reach,
    readonly taste: Taste,
    readonly budget: Budget,
  ) {
    const always: readonly Dimension[] = ['method', 'host', 'path', 'source'];
    this.#dimensions = [...new Set([...always, ...question.within.map(({ dimension }) => dimension)])];
  }

  run(): SearchResult {
    const request = this.#find([]);
    return request === undefined
      ? { kind: 'empty', rivals: [...this.#rivals].sort((one, other) => one - other) }
      : { kind: 'found', request, reach: this.reach };
  }

  #find(avoid: readonly Constraint[]): ListenerRequest | undefined {
    const key = keyOf(avoid);
    if (this.#failed.has(key)) return undefined;
    this.budget.spend(100);
    const request = this.#request(avoid);
    if (request === undefined) return undefined;
    const rival = this.question.rival(request);
    if (rival === undefined) return request;
    this.#rivals.add(rival);
    for (const constraint of this.question.boxOf(rival).toSorted((one, other) => rankOf(one) - rankOf(other))) {
      if (avoid.includes(constraint)) throw new Error(`A request that avoids a condition meets it: ${key}`);
      const found = this.#find([...avoid, constraint].sort((one, other) => one.id - other.id));
      if (found !== undefined) return found;
    }
    this.#failed.add(key);
    return undefined;
  }

  #request(avoid: readonly Constraint[]): ListenerRequest | undefined {
    const parts = new Map<Dimension, readonly string[]>();
    for (const dimension of this.#dimensions) {
      const value = this.#value(dimension, avoid);
      if (value === undefined) return undefined;
      parts.set(dimension, value);
    }
    const one = (dimension: Dimension): string => parts.get(dimension)?.[0] ?? '';
    const headers = [...parts].flatMap(([dimension, values]) =>
      dimension.startsWith('header ') ? values.map((value) => [dimension.slice('header '.length), value] as const) : [],
    );
    return {
      method: one('method'),
      host: one('host'),
      path: one('path'),
      query: (parts.get('query') ?? []).join('&'),
      headers,
      sourceIp: one('source'),
    };
  }

  #value(dimension: Dimension, avoid: readonly Constraint[]): readonly string[] | undefined {
    const relevant = avoid.filter((constraint) => constraint.dimension === dimension);
    const key = `${dimension} ${keyOf(relevant)}`;
    if (this.#values.has(key)) return this.#values.get(key);
    const meet = this.question.within.filter((constraint) => constraint.dimension === dimension);
    const value = valueOf({ dimension, meet, avoid: relevant }, this.reach, this.taste, this.budget);
    this.#values.set(key, value);
    return value;
  }
}

function keyOf(constraints: readonly Constraint[]): string {
  return constraints.map(({ id }) => id).join(',');
}
