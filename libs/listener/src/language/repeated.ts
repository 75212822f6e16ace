import { choice, emptyText, type Expression, lazily, repeat, sequence } from './expression.ts';

/** How often something stands, as much of it as goes or, if lazy, as little. */
export interface Count {
  readonly least: number;
  /** As often as it goes when undefined. */
  readonly most: number | undefined;
  readonly lazy: boolean;
}

/** Written out. */
export function repeated(element: Expression, { least, most, lazy }: Count): Expression {
  const needed = Array.from({ length: least }, () => element);
  if (most === undefined) return sequence(...needed, lazy ? lazily(element) : repeat(element));
  const optional = (count: number): Expression => {
    if (count === 0) return emptyText;
    const more = sequence(element, optional(count - 1));
    return lazy ? choice(emptyText, more) : choice(more, emptyText);
  };
  return sequence(...needed, optional(most - least));
}
