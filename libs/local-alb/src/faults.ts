import { generateKeyPairSync } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { type SigningKey } from './alb-keys.ts';
import { AuthFailure } from './auth-failure.ts';
import { type ProviderCalls } from './provider-calls.ts';
import { maximumUserBytes } from './session.ts';

/** What is to go wrong, until it is changed. Nothing is given: nothing goes wrong. */
export interface Faults {
  /** `down`: out of reach; `failing`: answers 500; a number: answers so many milliseconds late. */
  readonly userPool?: 'down' | 'failing' | { readonly slowMilliseconds: number };
  /** `wrong`: data tokens name the published key, and are signed by another. */
  readonly signingKey?: 'wrong';
  /** How far the load balancer's clock is off; negative: behind. */
  readonly clockSkewSeconds?: number;
  /** `oversized`: every login and refresh has more than 11K of claims. */
  readonly claims?: 'oversized';
  /** `expired`: sessions that were begun before this was set have expired. */
  readonly sessions?: 'expired';
  readonly target?: 'down' | { readonly slowMilliseconds: number };
  /** What a web ACL would do: block every request, or fail. */
  readonly webAcl?: 'block' | 'failing';
}

/** A user pool's timeout on AWS is not known; here it is that of the real calls. */
const poolTimeoutMilliseconds = 10_000;

/** Holds the faults of a load balancer, and plays them. */
export class FaultPlayer {
  #faults: Faults = {};
  #sessionsFrom = 0;
  #wrongKey: SigningKey | undefined;

  get faults(): Faults {
    return this.#faults;
  }

  /** @param now milliseconds since the epoch, by the right clock */
  set(faults: Faults, now: number): void {
    this.#faults = faults;
    this.#sessionsFrom = faults.sessions === 'expired' ? now + this.clockSkewMilliseconds + 1 : 0;
  }

  /** Sessions begun before have expired. */
  get sessionsFrom(): number {
    return this.#sessionsFrom;
  }

  get clockSkewMilliseconds(): number {
    return (this.#faults.clockSkewSeconds ?? 0) * 1000;
  }

  signingKey(key: SigningKey): SigningKey {
    if (this.#faults.signingKey === undefined) return key;
    this.#wrongKey ??= { ...key, privateKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey };
    return this.#wrongKey;
  }

  /** Whether the target is there; known when its time to be slow is over. */
  target(): 'up' | 'down' | Promise<'up'> {
    const { target } = this.#faults;
    if (target === undefined) return 'up';
    return target === 'down' ? 'down' : sleep(target.slowMilliseconds, 'up' as const);
  }

  providerCalls(calls: ProviderCalls): ProviderCalls {
    return {
      exchangeCode: async (...parameters) => {
        await this.#atTokenEndpoint();
        return calls.exchangeCode(...parameters);
      },
      refresh: async (...parameters) => {
        await this.#atTokenEndpoint();
        return calls.refresh(...parameters);
      },
      userInfo: async (...parameters) => {
        const claims = await calls.userInfo(...parameters);
        if (this.#faults.claims === undefined) return claims;
        return { ...claims, 'custom:oversized': 'x'.repeat(maximumUserBytes) };
      },
    };
  }

  async #atTokenEndpoint(): Promise<void> {
    const { userPool } = this.#faults;
    if (userPool === 'down') {
      throw new AuthFailure('AuthTokenEpRequestFailed', 'the identity provider is down, by a fault that was asked for');
    }
    if (userPool === 'failing') {
      throw new AuthFailure(
        'AuthInvalidTokenResponse',
        'the identity provider answered 500, by a fault that was asked for',
      );
    }
    if (userPool === undefined) return;
    await sleep(Math.min(userPool.slowMilliseconds, poolTimeoutMilliseconds));
    if (userPool.slowMilliseconds >= poolTimeoutMilliseconds) {
      throw new AuthFailure(
        'AuthTokenEpRequestTimeout',
        'the identity provider is too slow, by a fault that was asked for',
      );
    }
  }
}
