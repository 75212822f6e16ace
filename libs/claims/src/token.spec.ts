import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeJson, pad } from './testing/encode.ts';
import { isExpired, isSeconds, readToken } from './token.ts';

const token = (...parts: readonly string[]): string => parts.join('.');
const SIGNATURE = Buffer.alloc(64, 7).toString('base64url');

describe('readToken', () => {
  it('reads what a signer wrote, padded or not, as the signer does', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string()), (claims) => {
        const parts = [encodeJson({ alg: 'ES256' }), encodeJson({ claim: claims }), SIGNATURE];
        const expected = { header: { alg: 'ES256' }, payload: { claim: claims }, signatureBytes: 64 };
        expect(readToken(token(...parts), 'unpadded')).toMatchObject(expected);
        expect(readToken(token(...parts.map(pad)), 'padded')).toMatchObject(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('knows but one spelling', () => {
    const [header, payload] = [encodeJson({ alg: 'ES256' }), encodeJson({ a: 1 })];
    expect(readToken(token(header, payload, SIGNATURE), 'padded')).toBeUndefined();
    expect(readToken(token(pad(header), pad(payload), pad(SIGNATURE)), 'unpadded')).toBeUndefined();
    expect(readToken(token(header, payload, `${SIGNATURE.slice(0, -1)}x`), 'unpadded')).toBeUndefined();
    expect(readToken(token(header, ` ${payload}`, SIGNATURE), 'unpadded')).toBeUndefined();
  });

  it.each(['', '.', '..', '...', 'a.b.c', 'e30.e30', 'e30.e30.', '.e30.AA', 'e30..AA', 'bnVsbA.e30.AA', 'e30.W10.AA'])(
    'refuses %j',
    (text) => {
      expect(readToken(text, 'unpadded')).toBeUndefined();
    },
  );

  it('drops claims that would reach into prototypes', () => {
    const payload = Buffer.from('{"__proto__":{"polluted":true},"constructor":{"x":1},"a":1}').toString('base64url');
    const read = readToken(token('e30', payload, 'AA'), 'unpadded');
    expect(Object.keys(read?.payload ?? {})).toEqual(['a']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('does not even look at a text that no load balancer would send', () => {
    const text = 'A'.repeat(10_000_000);
    const times = Array.from({ length: 5 }, () => {
      const started = performance.now();
      expect(readToken(text, 'padded')).toBeUndefined();
      return performance.now() - started;
    });
    // The machine may be busy with other things at times.
    expect(Math.min(...times)).toBeLessThan(10);
  });
});

describe('isSeconds', () => {
  it.each([1, 1_700_000_000])('takes %p', (value) => expect(isSeconds(value)).toBe(true));
  it.each([0, -1, 1.5, 2 ** 53, NaN, Infinity, '1', null, undefined, [1]])('refuses %p', (value) => {
    expect(isSeconds(value)).toBe(false);
  });
});

describe('isExpired', () => {
  it('is so from exp on, later by the tolerance', () => {
    expect(isExpired(100, 99_999, 0)).toBe(false);
    expect(isExpired(100, 100_000, 0)).toBe(true);
    expect(isExpired(100, 104_999, 5)).toBe(false);
    expect(isExpired(100, 105_000, 5)).toBe(true);
  });
});
