import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';

import { type Loot, type StraightAttack } from './attack.ts';
import { encode, headersOf, pad, part, rewritten, seconds } from './identity.ts';

const MALLORY = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const OTHER_ALB = 'arn:aws:elasticloadbalancing:us-east-1:999999999999:loadbalancer/app/mallory/fedcba9876543210';
const OTHER_ISSUER = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Mallory01';

function data(name: string, refusal: string, token: (loot: Loot) => string): StraightAttack {
  return { name, refusal, headers: (loot) => headersOf({ ...loot.alice, data: token(loot) }) };
}

function resigned(
  name: string,
  refusal: string,
  header: () => object,
  payload: () => object = () => ({}),
): StraightAttack {
  return data(name, refusal, ({ alice, forge }) => forge.data(alice.data, { ...header() }, { ...payload() }));
}

function access(name: string, refusal: string, token: (loot: Loot) => string): StraightAttack {
  return { name, refusal, headers: (loot) => headersOf({ ...loot.alice, accessToken: token(loot) }) };
}

/** Signed with the load balancers' own key of the region, which signs for attackers' load balancers too. */
const GENUINE_KEY: readonly StraightAttack[] = [
  resigned("an attacker's load balancer of the region (ALBeast)", 'SIGNER_MISMATCH', () => ({ signer: OTHER_ALB })),
  resigned('no signer', 'SIGNER_MISMATCH', () => ({ signer: undefined })),
  resigned('another app client', 'CLIENT_MISMATCH', () => ({ client: '9malloryclient' })),
  resigned('another issuer in the header', 'ISSUER_MISMATCH', () => ({ iss: OTHER_ISSUER })),
  resigned(
    'another issuer in the payload',
    'ISSUER_MISMATCH',
    () => ({}),
    () => ({ iss: OTHER_ISSUER }),
  ),
  resigned(
    'expired beyond the tolerance',
    'TOKEN_EXPIRED',
    () => ({ exp: seconds() - 6 }),
    () => ({ exp: seconds() - 6 }),
  ),
  resigned(
    'no exp',
    'EXPIRY_MISMATCH',
    () => ({ exp: undefined }),
    () => ({ exp: undefined }),
  ),
  resigned(
    'no exp in the payload',
    'EXPIRY_MISMATCH',
    () => ({ exp: seconds() + 60 }),
    () => ({ exp: undefined }),
  ),
  resigned(
    'a later exp in the payload',
    'EXPIRY_MISMATCH',
    () => ({ exp: seconds() + 60 }),
    () => ({ exp: seconds() + 99 }),
  ),
  ...(
    [
      ['of -1', () => -1],
      ['that no number has exactly', () => 2 ** 53],
      ['between two seconds', () => seconds() + 60.5],
    ] as const
  ).map(([which, exp]) =>
    resigned(
      `an exp ${which}`,
      'EXPIRY_MISMATCH',
      () => ({ exp: exp() }),
      () => ({ exp: exp() }),
    ),
  ),
  resigned('alg none', 'ALGORITHM_UNEXPECTED', () => ({ alg: 'none' })),
  resigned('an unknown critical extension', 'TOKEN_MALFORMED', () => ({ crit: ['exp'] })),
  ...['../x', '?x', '0B3F2C58-6C1D-4D6A-9D0E-0A4A5A1C9F11', '', '//evil.example/x'].map((kid) =>
    resigned(`kid ${JSON.stringify(kid)}`, 'KID_MALFORMED', () => ({ kid })),
  ),
];

const OTHER_KEYS: readonly StraightAttack[] = [
  data("an attacker's key under the genuine key id", 'SIGNATURE_INVALID', ({ alice, forge }) =>
    forge.data(alice.data, {}, {}, { key: MALLORY }),
  ),
  data("an attacker's key under its own key id", 'KEY_UNKNOWN', ({ alice, forge }) =>
    forge.data(alice.data, { kid: randomUUID() }, {}, { key: MALLORY }),
  ),
  data('HS256 with the public key as the secret', 'ALGORITHM_UNEXPECTED', ({ alice, forge }) => {
    const input = signedInput(forge.data(alice.data, { alg: 'HS256' }));
    const secret = publicPem(forge.dataKey.key);
    return `${input}.${pad(encode(createHmac('sha256', secret).update(input).digest()))}`;
  }),
  data('a signature in DER', 'SIGNATURE_INVALID', ({ alice, forge }) => {
    const input = signedInput(alice.data);
    return `${input}.${pad(encode(sign('sha256', Buffer.from(input), forge.dataKey.key)))}`;
  }),
  data('a signature of zeros', 'SIGNATURE_INVALID', ({ alice }) => `${signedInput(alice.data)}.${'A'.repeat(86)}==`),
  data('no signature', 'TOKEN_MALFORMED', ({ alice }) => `${signedInput(alice.data)}.`),
  data("the signature of bob's token", 'SIGNATURE_INVALID', ({ alice, bob }) =>
    [signedInput(alice.data), bob.data.split('.')[2]].join('.'),
  ),
  data('padding stripped after signing', 'TOKEN_MALFORMED', ({ alice }) => alice.data.replaceAll('=', '')),
  data('a fourth part', 'TOKEN_MALFORMED', ({ alice }) => `${alice.data}.AAAA`),
];

const REWRITTEN: readonly StraightAttack[] = [
  data('keys in another order', 'SIGNATURE_INVALID', ({ alice }) =>
    rewritten(alice.data, 1, (json) => JSON.stringify(Object.fromEntries(Object.entries(parsed(json)).reverse()))),
  ),
  data('a second sub', 'SUBJECT_MISMATCH', ({ alice, bob }) =>
    rewritten(alice.data, 1, (json) => json.replace(/}$/, `,"sub":"${bob.identity}"}`)),
  ),
  data('__proto__ with all the claims', 'ISSUER_MISMATCH', ({ alice }) =>
    rewritten(alice.data, 1, (json) => `{"__proto__":${json}}`),
  ),
  data('a NUL in the JSON', 'TOKEN_MALFORMED', ({ alice }) => rewritten(alice.data, 1, (json) => `\0${json}`)),
  data('deep JSON', 'TOKEN_MALFORMED', ({ alice }) =>
    rewritten(alice.data, 1, () => `${'['.repeat(5000)}${']'.repeat(5000)}`),
  ),
  data('huge JSON', 'TOKEN_MALFORMED', ({ alice }) =>
    rewritten(alice.data, 1, (json) => json.replace(/}$/, `,"x":"${'x'.repeat(30_000)}"}`)),
  ),
];

const ACCESS_TOKENS: readonly StraightAttack[] = [
  access('an ID token in its place', 'ACCESS_TOKEN_INVALID', ({ alice, forge }) =>
    forge.access(alice.accessToken, {
      token_use: 'id',
      aud: part(alice.accessToken, 1)['client_id'],
      client_id: undefined,
    }),
  ),
  access('an access token of another pool', 'ACCESS_TOKEN_INVALID', ({ alice, forge }) =>
    forge.access(alice.accessToken, { iss: OTHER_ISSUER }),
  ),
  access('an access token of another client', 'ACCESS_TOKEN_INVALID', ({ alice, forge }) =>
    forge.access(alice.accessToken, { client_id: '9malloryclient' }),
  ),
  access('an access token that has expired', 'ACCESS_TOKEN_EXPIRED', ({ alice, forge }) =>
    forge.access(alice.accessToken, { exp: seconds() - 6 }),
  ),
  access('an access token of alg none', 'ACCESS_TOKEN_INVALID', ({ alice, forge }) =>
    forge.access(alice.accessToken, {}, { alg: 'none' }).replace(/[^.]+$/, ''),
  ),
  access("bob's access token with alice's subject and a group", 'ACCESS_TOKEN_INVALID', ({ alice, bob }) => {
    const [header, , signature] = bob.accessToken.split('.');
    const claims = { ...part(bob.accessToken, 1), sub: alice.identity, 'cognito:groups': ['admins'] };
    return [header, encode(JSON.stringify(claims)), signature].join('.');
  }),
  access('an access token, padded', 'ACCESS_TOKEN_INVALID', ({ alice }) =>
    alice.accessToken.split('.').map(pad).join('.'),
  ),
];

/** Tokens that the load balancer and the pool never wrote, or not for this application. */
export const TOKEN_ATTACKS: readonly StraightAttack[] = [...GENUINE_KEY, ...OTHER_KEYS, ...REWRITTEN, ...ACCESS_TOKENS];

function signedInput(token: string): string {
  return token.replace(/\.[^.]*$/, '');
}

function parsed(json: string): object {
  return JSON.parse(json) as object;
}

function publicPem(key: KeyObject): string {
  return createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString();
}
