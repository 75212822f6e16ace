import { beforeEach, describe, expect, it } from '@jest/globals';

import { type HttpCallResult } from './http-call.ts';
import {
  failurePauseMilliseconds,
  KeySets,
  keySetLifetimeMilliseconds,
  unknownKeyPauseMilliseconds,
} from './key-sets.ts';
import { jwkOf, keyPair } from './testdata/token-issuer.ts';

const { publicKey } = keyPair();
const endpoint = 'https://keys';
const withKeys = (...kids: readonly string[]): HttpCallResult => ({
  outcome: 'answered',
  status: 200,
  body: JSON.stringify({ keys: kids.map((kid) => jwkOf(publicKey, kid)) }),
});

describe('the keys of an endpoint', () => {
  let answer: HttpCallResult;
  let asked: number;
  let sets: KeySets;
  beforeEach(() => {
    answer = withKeys('a');
    asked = 0;
    sets = new KeySets(() => {
      asked += 1;
      return Promise.resolve(answer);
    });
  });
  const count = async (kid: string, now: number): Promise<number> => (await sets.keys(endpoint, kid, now)).length;
  const reason = async (kid: string, now: number): Promise<unknown> =>
    sets.keys(endpoint, kid, now).then(
      () => 'none',
      (error: { readonly reason: string; readonly status: number }) => [error.reason, error.status],
    );

  it('are asked for once by all who wait, and then for as long as they are believed [A5.5 U]', async () => {
    expect(await Promise.all([count('a', 0), count('a', 0), count('b', 0)])).toEqual([1, 1, 0]);
    expect([await count('a', keySetLifetimeMilliseconds - 1), asked]).toEqual([1, 1]);
    answer = withKeys('b');
    expect([await count('a', keySetLifetimeMilliseconds), asked]).toEqual([0, 2]);
  });

  it('are asked for again for an id that is not known, but seldom [A5.5 U]', async () => {
    await count('a', 0);
    answer = withKeys('a', 'b');
    for (let index = 0; index < 100; index += 1) {
      expect(await count(`junk-${index}`, unknownKeyPauseMilliseconds - 1)).toBe(0);
    }
    expect(asked).toBe(1);
    expect([await count('b', unknownKeyPauseMilliseconds), asked]).toEqual([1, 2]);
    expect([await count('c', unknownKeyPauseMilliseconds + 1), asked]).toEqual([0, 2]);
  });

  it('are those of before while the endpoint fails, until they are no longer believed [A5.5 U]', async () => {
    await count('a', 0);
    answer = { outcome: 'unreachable' };
    expect(await reason('b', unknownKeyPauseMilliseconds)).toEqual(['JWKSRequestFailed', 500]);
    expect(await count('a', unknownKeyPauseMilliseconds)).toBe(1);
    expect(await reason('a', keySetLifetimeMilliseconds)).toEqual(['JWKSRequestFailed', 500]);
  });

  it.each<[HttpCallResult, string]>([
    [{ outcome: 'unreachable' }, 'JWKSRequestFailed'],
    [{ outcome: 'timeout' }, 'JWKSRequestTimeout'],
    [{ outcome: 'answered', status: 302, body: '' }, 'JWKSRequestFailed'],
    [{ outcome: 'answered', status: 500, body: '{"keys":[]}' }, 'JWKSRequestFailed'],
    [{ outcome: 'answered', status: 200, body: '<html>' }, 'JWKSResponseInvalid'],
  ])('cannot be had when it gives %j, which is tried again after a pause [A5.2 U]', async (given, expected) => {
    answer = given;
    expect(await reason('a', 0)).toEqual([expected, 500]);
    answer = withKeys('a');
    expect([await reason('a', failurePauseMilliseconds - 1), asked]).toEqual([[expected, 500], 1]);
    expect(await count('a', failurePauseMilliseconds)).toBe(1);
  });

  it('last no longer when the clock is put back', async () => {
    await count('a', 1000_000);
    expect([await count('a', 0), asked]).toEqual([1, 2]);
  });
});
