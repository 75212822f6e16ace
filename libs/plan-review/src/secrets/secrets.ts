import { formsOf } from './forms.ts';
import { hideKeyLike } from './key-like.ts';
import { Needles } from './needles.ts';
import { namesSecret } from './secret-name.ts';

type Tree = Readonly<Record<string, unknown>>;

/** What infra:plan writes in place of a secret. */
const REDACTED = '(sensitive)';
/** Longer texts are hardly ever the same. */
const REMEMBERED = 500;
/** A number of fewer digits is as likely to be a port. */
const SHORTEST_NUMBER = 8;
/** The names of arguments and blocks; a key of any other form may itself be a part of the secret. */
const argumentName = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;

/**
 * What the plans keep secret, and the names it goes by in a review. Equal secrets have equal names, so that what is
 * compared without them compares as it would with them.
 */
export class Secrets {
  readonly #names = new Map<string, string>();
  readonly #needles = new Needles();
  /** A plan says most texts several times. Only as long as no secret is new. */
  readonly #cleaned = new Map<string, string>();

  /** How many were hidden so far. */
  get count(): number {
    return this.#names.size;
  }

  /** The name of a value that is secret as a whole; null stays null, as it says that there is none. */
  hide(value: unknown): unknown {
    if (value === null || value === undefined || value === REDACTED) return value;
    const key = JSON.stringify(value);
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = `hidden-${this.#names.size + 1}`;
    this.#names.set(key, name);
    this.#cleaned.clear();
    this.#spread(value, name);
    return name;
  }

  /** The text without any secret that was hidden so far, and without what looks like a key. */
  clean(text: string): string {
    const known = this.#cleaned.get(text);
    if (known !== undefined) return known;
    const cleaned = hideKeyLike(this.#needles.replaceIn(text), (key) => this.hide(key) as string);
    if (text.length <= REMEMBERED) this.#cleaned.set(text, cleaned);
    return cleaned;
  }

  /**
   * The value without what its marks say is secret, what its names say is secret, and whatever of it {@link clean}
   * would replace, also inside of JSON that is kept as text. Keys stay: what is written in the end goes through
   * {@link clean} once more, and a key that was renamed would not be found by those who look for it.
   *
   * @param marks in the form of `before_sensitive` and the like: true, or a tree of it
   */
  cleanValue(value: unknown, marks?: unknown, name = ''): unknown {
    if (marks === true) return this.hide(value);
    if (typeof value === 'string') return this.#cleanText(value, name);
    if (typeof value === 'number') return this.#cleanNumber(value);
    if (Array.isArray(value)) {
      const each = Array.isArray(marks) ? (marks as unknown[]) : [];
      return value.map((item, index) => this.cleanValue(item, each[index], name));
    }
    if (typeof value !== 'object' || value === null) return value;
    return this.#cleanTree(value as Tree, isTree(marks) ? marks : {});
  }

  #cleanTree(tree: Tree, marks: Tree): Tree {
    // As containers, Helm charts and the like give them: the name is a value beside the secret.
    const named = typeof tree['name'] === 'string' ? tree['name'] : typeof tree['key'] === 'string' ? tree['key'] : '';
    return Object.fromEntries(
      Object.entries(tree).map(([key, item]) => [
        key,
        this.cleanValue(item, marks[key], key === 'value' && named !== '' ? named : key),
      ]),
    );
  }

  #cleanText(text: string, name: string): unknown {
    if (namesSecret(name, text)) return this.hide(text);
    const parsed = parsedTree(text);
    if (parsed === undefined) return this.clean(text);
    const cleaned = this.cleanValue(parsed);
    const [before, after] = [JSON.stringify(parsed), JSON.stringify(cleaned)];
    return this.clean(before === after ? text : after);
  }

  #cleanNumber(value: number): unknown {
    const text = String(value);
    if (text.length < SHORTEST_NUMBER) return value;
    const cleaned = this.#needles.replaceIn(text);
    return cleaned === text ? value : cleaned;
  }

  #spread(value: unknown, name: string): void {
    if (typeof value === 'string') {
      for (const form of formsOf(value)) this.#needles.add(form, name);
      const parsed = parsedTree(value);
      if (parsed !== undefined) this.#spread(parsed, name);
    } else if (typeof value === 'number') {
      if (String(value).length >= SHORTEST_NUMBER) this.#needles.add(String(value), name);
    } else if (Array.isArray(value)) {
      for (const item of value) this.#spread(item, name);
    } else if (isTree(value)) {
      for (const [key, item] of Object.entries(value)) {
        if (!argumentName.test(key)) this.#spread(key, name);
        this.#spread(item, name);
      }
    }
  }
}

function parsedTree(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
