import { createSecretKey } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';

import { isSigned, readJwt } from './jwt.ts';
import { keyPair, tokenOf } from './testdata/token-issuer.ts';

const { privateKey, publicKey } = keyPair();
const other = keyPair();
const text = (value: string): string => Buffer.from(value).toString('base64url');
const verified = (token: string, keys = [publicKey]): boolean => {
  const jwt = readJwt(token);
  return jwt !== undefined && isSigned(jwt, keys);
};

describe('a token', () => {
  it('is read as another library wrote it, and verified by one of the keys', async () => {
    const token = await new SignJWT({ iss: 'i' }).setProtectedHeader({ alg: 'RS256', kid: 'k' }).sign(privateKey);
    expect(readJwt(token)).toMatchObject({ kid: 'k', claims: { iss: 'i' } });
    expect([verified(token), verified(token, [other.publicKey, publicKey])]).toEqual([true, true]);
    expect([verified(token, [other.publicKey]), verified(token, [])]).toEqual([false, false]);
  });

  it('does not verify when anything of it was changed', () => {
    const [header = '', payload = '', signature = ''] = tokenOf({ sub: 'a' }, privateKey).split('.');
    expect(verified([header, text('{"sub":"b"}'), signature].join('.'))).toBe(false);
    expect(verified([text('{"alg":"RS256","kid":"x"}'), payload, signature].join('.'))).toBe(false);
    expect(verified([header, payload, text('x'.repeat(256))].join('.'))).toBe(false);
  });

  it('is never verified with a key that is no RSA key', () => {
    const jwt = readJwt(tokenOf({}, 'shared'));
    expect(jwt !== undefined && isSigned(jwt, [createSecretKey(Buffer.from('shared'))])).toBe(false);
  });

  it.each([
    ['no algorithm', { alg: 'none' }],
    ['HS256', { alg: 'HS256' }],
    ['another RSA algorithm', { alg: 'PS256' }],
    ['an algorithm in another case', { alg: 'rs256' }],
    ['algorithms', { alg: ['RS256'] }],
    ['no kid', { kid: undefined }],
    ['an empty kid', { kid: '' }],
    ['a kid that is no text', { kid: 1 }],
    ['something that must be understood', { crit: ['exp'], exp: 1 }],
  ])('is none with %s in its header', (_, header) => {
    expect(readJwt(tokenOf({ sub: 'a' }, privateKey, header))).toBeUndefined();
  });

  it('is none in another spelling', () => {
    const token = tokenOf({ sub: 'a' }, privateKey);
    const [header = '', payload = '', signature = ''] = token.split('.');
    const none = [
      ...['', '.', '..', `${header}.${payload}`, `${header}.${payload}.`, `${token}.x`, `${token}=`, `${token} `],
      ...[`${header}.${text('[]')}.${signature}`, `${header}.${text('null')}.${signature}`, `${header}.${text('{')}.x`],
      `${header}.${Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]).toString('base64url')}.${signature}`,
      // The last character has four bits too many, which must be 0.
      `${header}.${payload}.${signature.slice(0, -1)}B`,
    ];
    for (const one of none) expect([one, readJwt(one)]).toEqual([one, undefined]);
  });
});
