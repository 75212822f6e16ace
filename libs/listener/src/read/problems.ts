import { ListenerError } from '../errors.ts';

/** What is wrong with a document, in the order found; reading goes on where it can. */
export class Problems {
  readonly #found: ListenerError[] = [];

  get all(): readonly ListenerError[] {
    return this.#found;
  }

  /** What the function gives; undefined, and a problem more, where it throws a ListenerError. */
  attempt<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ListenerError)) throw error;
      this.#found.push(error);
      return undefined;
    }
  }

  /** The messages of what was found since there were this many. */
  since(count: number): readonly string[] {
    return this.#found.slice(count).map(({ message }) => message);
  }
}
