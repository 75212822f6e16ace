import { type KeyObject } from 'node:crypto';

import { AuthFailure } from './auth-failure.ts';
import { type HttpCallResult } from './http-call.ts';
import { type KeySet, readKeySet } from './key-set.ts';

/** How long keys are believed without being asked for again; AWS documents none. */
export const keySetLifetimeMilliseconds = 5 * 60_000;

/** How often, at most, a `kid` that is not known makes the endpoint be asked: clients choose it. */
export const unknownKeyPauseMilliseconds = 30_000;

/** How long an endpoint that failed is left alone. */
export const failurePauseMilliseconds = 2000;

interface Known {
  readonly keys?: KeySet;
  /** Milliseconds since the epoch, as all times here. */
  readonly readAt: number;
  /** Of the last time that it was asked, and what became of it. */
  readonly askedAt: number;
  readonly failure?: AuthFailure;
}

/** The keys of JWKS endpoints, which are asked seldom, and once for all who wait. */
export class KeySets {
  readonly #call: (url: string) => Promise<HttpCallResult>;
  readonly #known = new Map<string, Known>();
  readonly #asking = new Map<string, Promise<Known>>();

  constructor(call: (url: string) => Promise<HttpCallResult>) {
    this.#call = call;
  }

  /**
   * The keys with this id, none where the endpoint knows none.
   *
   * @throws {AuthFailure} `JWKSRequestFailed`, `JWKSRequestTimeout`, `JWKSResponseInvalid`
   */
  async keys(endpoint: string, kid: string, now: number): Promise<readonly KeyObject[]> {
    const known = this.#known.get(endpoint);
    if (known?.keys === undefined || !within(known.readAt, now, keySetLifetimeMilliseconds)) {
      const held = known?.failure !== undefined && within(known.askedAt, now, failurePauseMilliseconds);
      return keysOf(held ? known : await this.#ask(endpoint, now), kid);
    }
    const keys = known.keys.get(kid);
    if (keys !== undefined) return keys;
    if (within(known.askedAt, now, unknownKeyPauseMilliseconds)) return [];
    return keysOf(await this.#ask(endpoint, now), kid);
  }

  #ask(endpoint: string, now: number): Promise<Known> {
    const asking =
      this.#asking.get(endpoint) ?? this.#askNow(endpoint, now).finally(() => this.#asking.delete(endpoint));
    this.#asking.set(endpoint, asking);
    return asking;
  }

  async #askNow(endpoint: string, now: number): Promise<Known> {
    const read = readAnswer(await this.#call(endpoint));
    const before = this.#known.get(endpoint);
    const known: Known =
      read instanceof AuthFailure
        ? // Keys that were read stay good for as long as they would have: only who asks for others fails.
          {
            ...(before?.keys === undefined ? {} : { keys: before.keys }),
            readAt: before?.readAt ?? 0,
            askedAt: now,
            failure: read,
          }
        : { keys: read, readAt: now, askedAt: now };
    this.#known.set(endpoint, known);
    return known;
  }
}

function keysOf({ keys, failure }: Known, kid: string): readonly KeyObject[] {
  if (failure !== undefined) throw failure;
  return keys?.get(kid) ?? [];
}

function readAnswer(result: HttpCallResult): KeySet | AuthFailure {
  switch (result.outcome) {
    case 'timeout':
      return new AuthFailure('JWKSRequestTimeout', 'the JWKS endpoint is too slow');
    case 'unreachable':
      return new AuthFailure('JWKSRequestFailed', 'the JWKS endpoint cannot be reached, or says too much');
    case 'answered':
      if (result.status !== 200) {
        return new AuthFailure('JWKSRequestFailed', `the JWKS endpoint answered ${result.status}`);
      }
      return (
        readKeySet(result.body) ??
        new AuthFailure('JWKSResponseInvalid', 'the JWKS endpoint gave no key set, or one of over 150 KB or 10 keys')
      );
  }
}

/** A clock that was put back makes nothing last longer. */
function within(since: number, now: number, milliseconds: number): boolean {
  return now >= since && now - since < milliseconds;
}
