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

  it('are forgotten, the oldest first', () => {
    const tokens = new DataTokens(30);
    const first = tokens.mint(content, key, 0);
    for (let user = 0; user < 1000; user++) tokens.mint({ ...content, claims: { sub: String(user) } }, key, 0);
    expect(tokens.mint(content, key, 0)).not.toBe(first);
  });
});
