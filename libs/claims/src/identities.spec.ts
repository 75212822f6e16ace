import { describe, expect, it } from '@jest/globals';
import { readIdentities } from './identities.ts';

const GOOGLE = { userId: '42', providerName: 'Google', providerType: 'Google', issuer: null };

describe('readIdentities', () => {
  it('is empty without the claim', () => {
    expect(readIdentities(undefined)).toEqual([]);
  });

  it('reads the text that a load balancer hands on', () => {
    const saml = { userId: 'ada', providerName: 'Corp', providerType: 'SAML', issuer: 'urn:corp', primary: 'false' };
    const claim = JSON.stringify([{ ...GOOGLE, primary: true, dateCreated: 1444203556886 }, saml]);
    expect(readIdentities(claim)).toEqual([
      { userId: '42', providerName: 'Google', providerType: 'Google', primary: true, createdAt: 1444203556886 },
      { userId: 'ada', providerName: 'Corp', providerType: 'SAML', issuer: 'urn:corp', primary: false },
    ]);
  });

  it('reads the list of a token of Cognito, where all is text', () => {
    expect(readIdentities([{ ...GOOGLE, primary: 'true', dateCreated: '1444203556886' }])).toEqual([
      { userId: '42', providerName: 'Google', providerType: 'Google', primary: true, createdAt: 1444203556886 },
    ]);
  });

  it('cannot be changed', () => {
    const identities = readIdentities([GOOGLE]) as unknown as { userId: string }[];
    expect(() => identities.push({ userId: 'x' })).toThrow(TypeError);
    expect(() => Object.assign(identities[0] ?? {}, { userId: 'x' })).toThrow(TypeError);
  });

  it.each([
    null,
    '',
    'null',
    '{}',
    '[',
    'Google',
    5,
    {},
    [null],
    [[]],
    ['Google'],
    [{ ...GOOGLE, userId: undefined }],
    [{ ...GOOGLE, userId: 42 }],
    [{ ...GOOGLE, providerName: '' }],
    [{ ...GOOGLE, providerType: 1 }],
    [{ ...GOOGLE, issuer: {} }],
    [{ ...GOOGLE, primary: 'yes' }],
    [{ ...GOOGLE, dateCreated: 'yesterday' }],
    [{ ...GOOGLE, dateCreated: -1 }],
    [GOOGLE, {}],
    Array.from({ length: 101 }, () => GOOGLE),
  ])('refuses %j', (claim) => {
    expect(readIdentities(claim)).toBeUndefined();
  });
});
