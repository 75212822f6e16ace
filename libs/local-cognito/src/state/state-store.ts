import { chmod, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BatchOperation, ClassicLevel } from 'classic-level';
import { LocalUserPoolError } from '../errors.ts';

/** One entry to set, or to take away when `value` is `undefined`. Values are JSON. */
export interface Change {
  readonly kind: string;
  readonly id: string;
  readonly value: unknown;
}

/** Where the pool writes what has to outlive it. */
export interface Writer {
  /** Resolves when all of the changes are on the disk; after a crash there are all of them, or none. */
  write(changes: readonly Change[]): Promise<void>;
}

interface Waiting {
  readonly changes: readonly Change[];
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
}

type Level = ClassicLevel<string, unknown>;
type Operation = BatchOperation<Level, string, unknown>;

/** Between kind and id; no kind has it. The character after it ends the range of a kind. */
const separator = '!';
const afterSeparator = '"';

/**
 * The part of the state folder that changes all the time (users, sessions, tokens), in LevelDB.
 *
 * Writes that are waiting go to the disk together, in the order in which they came, with one flush (`fsync`): so that an
 * answer can wait for it, and many answers at once do not wait for each other.
 */
export class StateStore implements Writer {
  readonly #level: Level;
  readonly #folder: string;
  readonly #closedToOthers = new Set<string>();
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;

  private constructor(level: Level, folder: string) {
    this.#level = level;
    this.#folder = folder;
  }

  /**
   * Opens the store of a state folder, made when missing.
   *
   * @throws LocalUserPoolError `STATE_IN_USE`, `STATE_UNREADABLE`
   */
  static async open(stateFolder: string): Promise<StateStore> {
    const folder = join(stateFolder, 'store');
    await mkdir(stateFolder, { recursive: true, mode: 0o700 });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const level: Level = new ClassicLevel<string, unknown>(folder, { keyEncoding: 'utf8', valueEncoding: 'json' });
    try {
      await level.open();
    } catch (error) {
      throw notOpened(folder, error);
    }
    const store = new StateStore(level, folder);
    await store.#closeToOthers();
    return store;
  }

  /** Everything of a kind, by id. */
  async entries(kind: string): Promise<readonly (readonly [id: string, value: unknown])[]> {
    const start = kind + separator;
    const entries = await this.#level.iterator({ gte: start, lt: kind + afterSeparator }).all();
    return entries.map(([key, value]) => [key.slice(start.length), value]);
  }

  write(changes: readonly Change[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ changes, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  /** Writes what is waiting, then closes. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#level.close();
  }

  async #writeAll(): Promise<void> {
    // What is asked for in the same turn goes together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#level.batch(
          batch.flatMap(({ changes }) => changes.map(operation)),
          { sync: true },
        );
        await this.#closeToOthers();
        for (const { resolve } of batch) resolve();
      } catch (cause) {
        for (const { reject } of batch) reject(cause);
      }
    }
    this.#writing = undefined;
  }

  /** LevelDB makes files with the process's own mask. The folder keeps others out; the files are to do so as well. */
  async #closeToOthers(): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      if (this.#closedToOthers.has(name)) continue;
      try {
        await chmod(join(this.#folder, name), 0o600);
        this.#closedToOthers.add(name);
      } catch (error) {
        // LevelDB takes old files away whenever it likes.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
  }
}

function operation({ kind, id, value }: Change): Operation {
  const key = `${kind}${separator}${id}`;
  return value === undefined ? { type: 'del', key } : { type: 'put', key, value };
}

function notOpened(folder: string, error: unknown): LocalUserPoolError {
  const locked = (error as { readonly cause?: { readonly code?: unknown } }).cause?.code === 'LEVEL_LOCKED';
  return locked
    ? new LocalUserPoolError(
        'STATE_IN_USE',
        `Another user pool runs on ${folder}. Two would overwrite each other's users. Stop it, or use another state folder.`,
        { cause: error },
      )
    : new LocalUserPoolError(
        'STATE_UNREADABLE',
        `${folder} cannot be read as the store of a user pool. Users made since the seed file, and everybody's sign-ins, ` +
          'are in there. Delete the folder to begin again from the seed file.',
        { cause: error },
      );
}
