import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { maximumKeySetBytes, readKeySet } from './key-set.ts';
import { jwkOf, keyPair } from './testdata/token-issuer.ts';

const { publicKey, privateKey } = keyPair();
const setOf = (keys: readonly unknown[]): string => JSON.stringify({ keys });
const kids = (keys: readonly unknown[]): readonly string[] => [...(readKeySet(setOf(keys))?.keys() ?? [])];

describe('a key set', () => {
  it('has the keys that may have signed, by their id, never a private part', () => {
    const other = keyPair().publicKey;
    const set = readKeySet(
      setOf([jwkOf(privateKey, 'a'), jwkOf(publicKey, 'b'), jwkOf(other, 'b', { alg: undefined, use: undefined })]),
    );
    expect(set?.get('a')?.map(({ type }) => type)).toEqual(['public']);
    expect(set?.get('b')).toHaveLength(2);
    expect(set?.get('c')).toBeUndefined();
  });

  it.each([
    ['of another kind', generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })],
    ['that is shared', { kty: 'oct', k: 'c2VjcmV0' }],
    ['for another algorithm', jwkOf(publicKey, 'a', { alg: 'PS256' })],
    ['to encrypt with', jwkOf(publicKey, 'a', { use: 'enc' })],
    ['to sign with', jwkOf(publicKey, 'a', { key_ops: ['sign'] })],
    ['of 1024 bits', jwkOf(keyPair(1024).publicKey)],
    ['without an id', jwkOf(publicKey, '')],
    ['that cannot be read', jwkOf(publicKey, 'a', { n: '*' })],
    ['that is none', 'text'],
  ])('passes over a key %s', (_, key) => {
    expect(kids([typeof key === 'string' ? key : { kid: 'a', ...key }, jwkOf(publicKey, 'good')])).toEqual(['good']);
  });

  it('has 10 keys and 150 KB at most, and is one [A5.1 D]', () => {
    const keys = Array.from({ length: 11 }, (_, index) => jwkOf(publicKey, `k${index}`));
    expect(kids(keys.slice(1))).toHaveLength(10);
    expect(readKeySet(setOf(keys))).toBeUndefined();
    const padded = (bytes: number): string => setOf([jwkOf(publicKey)]).padEnd(bytes);
    expect(readKeySet(padded(maximumKeySetBytes))?.size).toBe(1);
    for (const text of [padded(maximumKeySetBytes + 1), '', '[]', '{}', '{"keys":{}}', 'null']) {
      expect(readKeySet(text)).toBeUndefined();
    }
  });
});
