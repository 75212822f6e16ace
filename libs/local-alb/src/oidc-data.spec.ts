import { generateKeyPairSync, verify } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { mintOidcData } from './oidc-data.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = { kid: '0b0f2f6e-8a55-4b6a-9d4e-2f7a3a5a3b11', privateKey, publicKeyPem: '' };
const content = { issuer: 'https://issuer', client: 'client1', signer: 'arn:alb', expiresAt: 1700000060 };

describe('mintOidcData', () => {
  it('writes header and payload in the order of real tokens, in compact JSON [B5.2 R, B5.3 R, B5.6 R]', () => {
    const [header = '', payload = ''] = mintOidcData(
      { ...content, claims: { sub: 'a', email_verified: 'true' } },
      key,
    ).split('.');
    expect(Buffer.from(header, 'base64url').toString()).toBe(
      `{"typ":"JWT","kid":"${key.kid}","alg":"ES256","iss":"https://issuer","client":"client1","signer":"arn:alb","exp":1700000060}`,
    );
    expect(Buffer.from(payload, 'base64url').toString()).toBe(
      '{"sub":"a","email_verified":"true","exp":1700000060,"iss":"https://issuer"}',
    );
  });

  it('keeps the padding of every part, and signs it [B5.4 D, B5.5 T]', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const token = mintOidcData({ ...content, claims: { sub: 'a', name } }, key);
        const [header = '', payload = '', signature = ''] = token.split('.');
        for (const part of [header, payload, signature]) {
          expect(part).toMatch(/^[A-Za-z0-9_-]+={0,2}$/);
          expect(part.length % 4).toBe(0);
        }
        const bytes = Buffer.from(signature, 'base64url');
        const check = (signed: string): boolean =>
          verify('sha256', Buffer.from(signed), { key: publicKey, dsaEncoding: 'ieee-p1363' }, bytes);
        expect(bytes).toHaveLength(64);
        expect(signature.endsWith('==')).toBe(true);
        expect(check(`${header}.${payload}`)).toBe(true);
        if (payload.endsWith('=')) expect(check(`${header}.${payload.replace(/=+$/, '')}`)).toBe(false);
        expect((JSON.parse(Buffer.from(payload, 'base64url').toString()) as { name: string }).name).toBe(name);
      }),
      { numRuns: 50 },
    );
  });

  it('lets no claim of the user pool stand for the expiry or the issuer', () => {
    const [, payload = ''] = mintOidcData({ ...content, claims: { exp: 9e9, iss: 'x', sub: 'a' } }, key).split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toEqual({
      exp: 1700000060,
      iss: 'https://issuer',
      sub: 'a',
    });
  });
});
