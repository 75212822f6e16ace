import { type IpRange } from '../address/ip-set.ts';
import { type Automaton } from '../language/automaton.ts';

/** A part of a request that conditions look at; `header x-y` is one for each name, in lower case. */
export type Dimension = 'host' | 'path' | 'method' | 'source' | 'query' | `header ${string}`;

/** A condition of a rule, ready to be reckoned with. */
export type Constraint = Text | Some | Methods | Sources;

/** The text is in the language. */
interface Text extends Common {
  readonly kind: 'text';
  readonly dimension: 'host' | 'path';
  readonly language: Automaton;
}

/** One of the texts is in the language: a pair of the query, a field of the header. */
interface Some extends Common {
  readonly kind: 'some';
  readonly dimension: 'query' | `header ${string}`;
  readonly language: Automaton;
}

interface Methods extends Common {
  readonly kind: 'methods';
  readonly dimension: 'method';
  readonly names: ReadonlySet<string>;
}

interface Sources extends Common {
  readonly kind: 'sources';
  readonly dimension: 'source';
  readonly ranges: readonly IpRange[];
}

interface Common {
  /** Equal conditions have the same. */
  readonly id: number;
}

/** What a rule's conditions ask for: all of it. */
export type Box = readonly Constraint[];
