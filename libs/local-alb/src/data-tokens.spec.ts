import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { DataTokens } from './data-tokens.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = { kid: '0b0f2f6e-8a55-4b6a-9d4e-2f7a3a5a3b11', privateKey, publicKeyPem: '' };
const content = { claims: { sub: 'a' }, issuer: 'https://issuer', client: 'client1', signer: 'arn:alb' };

describe('data tokens', () => {
  it('are one and the same for a while, for the same user and action', () => {
    const tokens = new DataTokens(30);
    const first = tokens.mint(content, key, 1_000_000);
    expect(tokens.mint(content, key, 1_029_000)).toBe(first);
    expect(tokens.mint({ ...content, client: 'client2' }, key, 1_029_000)).not.toBe(first);
    expect(tokens.mint({ ...content, claims: { sub: 'b' } }, key, 1_029_000)).not.toBe(first);
    expect(tokens.mint(content, key, 1_030_000)).not.toBe(first);
  });

  it('are never handed on with less than ten seconds to live', () => {
    const tokens = new DataTokens(3600);
    const first = tokens.mint(content, key, 1_000_000);
    expect(tokens.mint(content, key, 1_049_999)).toBe(first);
    expect(tokens.mint(content, key, 1_050_000)).not.toBe(first);
  });

  it('say when they expire to the second: another of the same second would say the same', () => {
    const tokens = new DataTokens(0);
    const first = tokens.mint(content, key, 1_000_000);
    expect(tokens.mint(content, key, 1_000_999)).toBe(first);
    expect(expiry(tokens.mint(content, key, 1_001_000))).toBe(expiry(first) + 1);
    expect(expiry(tokens.mint(content, key, 999_000))).toBe(expiry(first) - 1);
  });

  it('are of the key, the user pool and the load balancer that are asked for', () => {
    const tokens = new DataTokens(30);
    const first = tokens.mint(content, key, 1_000_000);
    expect(tokens.mint(content, { ...key }, 1_000_000)).not.toBe(first);
    for (const changed of [
      { issuer: 'https://other' },
      { signer: 'arn:other' },
      { claims: { sub: 'a', email: 'x' } },
    ]) {
      expect(tokens.mint({ ...content, ...changed }, key, 1_000_000)).not.toBe(first);
    }
  });
});

function expiry(token: string): number {
  const [header = ''] = token.split('.');
  return (JSON.parse(Buffer.from(header, 'base64url').toString()) as { readonly exp: number }).exp;
}
