import { type Clients } from './clients.ts';
import { type Described } from './described.ts';

/** What a check is handed. */
export interface Applied {
  readonly clients: Clients;
  readonly described: Described;
  /** Of the image that was pushed. */
  readonly digest: string;
}

/**
 * Looks at something that was applied, and compares it with what the stacks describe, or with what has to hold whatever
 * they say.
 *
 * @returns what is not as it has to be, each a sentence; none where all is well
 */
export type Check = (applied: Applied) => Promise<readonly string[]>;

/** A sentence if something is not as it has to be. */
export function unless(holds: boolean, sentence: string): readonly string[] {
  return holds ? [] : [sentence];
}

/** A sentence if two values differ, that names both. For values that are no secrets. */
export function unlessSame(what: string, found: unknown, wanted: unknown): readonly string[] {
  const [seen, described] = [JSON.stringify(found, inOrder), JSON.stringify(wanted, inOrder)];
  return unless(seen === described, `${what} is ${seen}, and should be ${described}.`);
}

/** The order in which an object has its names says nothing. */
function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => one.localeCompare(other)));
}
