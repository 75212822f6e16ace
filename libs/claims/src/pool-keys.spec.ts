import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Answer } from './fetch.ts';
import { PoolKeys } from './pool-keys.ts';

const URL = 'https://pool.example.com/jwks.json';
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });

let uptime: number;
let fetches: number;
let answer: Answer | Error;
let keys: PoolKeys;

const jwk = (kid: string, change: JsonWebKey = {}): JsonWebKey => ({
  ...RSA,
  kid,
  use: 'sig',
  alg: 'RS256',
  ...change,
});
const serve = (...list: readonly JsonWebKey[]): void => {
  answer = { status: 200, body: JSON.stringify({ keys: list }) };
};

beforeEach(() => {
  uptime = 0;
  fetches = 0;
  serve(jwk('a'), jwk('b'));
  const fetch = (): Promise<Answer> => {
    fetches += 1;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  keys = new PoolKeys(URL, fetch, () => uptime);
});

describe('PoolKeys', () => {
  it('reads the list once for all its keys', async () => {
    const found = await Promise.all(['a', 'b', 'a'].map((kid) => keys.get(kid)));
    expect(found.map((key) => key?.jwk.kid)).toEqual(['a', 'b', 'a']);
    expect(fetches).toBe(1);
  });

  it('reads it again for a new key, but not for every forged id', async () => {
    await keys.get('a');
    serve(jwk('b'), jwk('c'));
    await expect(keys.get('c')).resolves.toBeUndefined();
    expect(fetches).toBe(1);
    uptime += 10_000;
    await expect(keys.get('c')).resolves.toMatchObject({ jwk: { kid: 'c' } });
    for (let i = 0; i < 1000; i += 1) await expect(keys.get(`forged-${i}`)).resolves.toBeUndefined();
    expect(fetches).toBe(2);
  });

  it('drops a key that the pool withdrew', async () => {
    await keys.get('a');
    serve(jwk('b'));
    uptime += 10_000;
    await keys.get('c');
    await expect(keys.get('a')).resolves.toBeUndefined();
  });

  it('goes on with known keys while the pool is down, tries again a moment later, and recovers', async () => {
    await keys.get('a');
    answer = new Error('connect ECONNREFUSED');
    uptime += 10_000;
    const refused = { code: 'KEY_UNAVAILABLE', message: expect.stringContaining('ECONNREFUSED') as unknown };
    await expect(keys.get('c')).rejects.toMatchObject(refused);
    await expect(keys.get('a')).resolves.toBeDefined();
    await expect(keys.get('c')).rejects.toMatchObject(refused);
    expect(fetches).toBe(2);
    serve(jwk('c'));
    uptime += 1000;
    await expect(keys.get('c')).resolves.toBeDefined();
  });

  it.each<[string, Answer]>([
    ['HTML', { status: 200, body: '<html></html>' }],
    ['an error', { status: 500, body: '{"keys":[]}' }],
    ['a redirect', { status: 302, body: '' }],
    ['null', { status: 200, body: 'null' }],
    ['no list', { status: 200, body: '{"keys":{}}' }],
    ['no key', { status: 200, body: '{"keys":[]}' }],
    ['no key of use', { status: 200, body: JSON.stringify({ keys: [null, {}, jwk('a', { use: 'enc' })] }) }],
  ])('takes %s for a failure', async (_, given) => {
    answer = given;
    await expect(keys.get('a')).rejects.toMatchObject({ code: 'KEY_UNAVAILABLE', status: 503 });
  });

  it.each<[string, JsonWebKey]>([
    ['an elliptic curve', generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })],
    ['1024 bits', generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' })],
    ['another algorithm', { alg: 'RS512' }],
    ['encryption', { use: 'enc' }],
    ['a symmetric key', { kty: 'oct', k: 'AAAA' }],
    ['no modulus', { n: '' }],
  ])('passes over a key of %s', async (_, change) => {
    serve(jwk('good'), jwk('odd', change));
    await expect(keys.get('odd')).resolves.toBeUndefined();
    await expect(keys.get('good')).resolves.toBeDefined();
  });
});
