import { createHmac } from 'node:crypto';
import { type ClaimsErrorCode } from '../../error.ts';
import { encodeJson, pad } from '../../testing/encode.ts';
import { type LocalLogin } from '../../testing/index.ts';
import { ALICE, API_CLIENT, BOB, SETTINGS } from '../world.ts';
import {
  ACCESS,
  alice,
  type Attack,
  IDENTITY,
  nextLetter,
  OTHER_ISSUER,
  parsePart,
  reissued,
  seconds,
  signedInput,
  STRANGER,
} from './forge.ts';

function access(
  name: string,
  token: (login: LocalLogin) => string,
  code: ClaimsErrorCode = 'ACCESS_TOKEN_INVALID',
  mayFetch?: true,
): Attack {
  return { name, code, rawHeaders: (login) => alice(login, { [ACCESS]: token(login) }), ...(mayFetch && { mayFetch }) };
}

const BOB_AS_ALICE = { ...BOB, subject: ALICE.subject };

/** Late by one second: to be refused where the clock tolerance is 0. */
export const LATE_ACCESS_TOKENS: readonly Attack[] = [
  access(
    'access token expired by one second',
    (login) => reissued(login, { exp: seconds() - 1 }),
    'ACCESS_TOKEN_EXPIRED',
  ),
];

/** Access tokens of somebody or something else beside a good data token. */
export const ACCESS_TOKENS: readonly Attack[] = [
  {
    name: 'identity of another user',
    code: 'SUBJECT_MISMATCH',
    rawHeaders: (login) => alice(login, { [IDENTITY]: BOB.subject }),
  },
  access("another user's access token", (login) => login.accessTokenOf(BOB), 'SUBJECT_MISMATCH'),
  access('an ID token', (login) => reissued(login, { token_use: 'id', aud: SETTINGS.clientId, client_id: undefined })),
  access('token_use missing', (login) => reissued(login, { token_use: undefined })),
  access('of another pool', (login) => reissued(login, { iss: OTHER_ISSUER })),
  access('of another client', (login) => login.accessTokenOf(ALICE, API_CLIENT)),
  access('client_id as a list', (login) => reissued(login, { client_id: [SETTINGS.clientId] })),
  access('signed by another pool', (login) => reissued(login, {}, {}, STRANGER), 'ACCESS_TOKEN_INVALID', true),
  access(
    'a key that the pool does not have',
    (login) => reissued(login, {}, { kid: STRANGER.kid }, STRANGER),
    'ACCESS_TOKEN_INVALID',
    true,
  ),
  access('expired', (login) => reissued(login, { exp: seconds() - 6 }), 'ACCESS_TOKEN_EXPIRED'),
  access('exp missing', (login) => reissued(login, { exp: undefined })),
  access('exp as text', (login) => reissued(login, { exp: '99999999999' })),
  access('exp with a fraction', (login) => reissued(login, { exp: seconds() + 600.5 })),
  access('exp negative', (login) => reissued(login, { exp: -1 })),
  access('exp 2^53', (login) => reissued(login, { exp: 2 ** 53 })),
  access('not valid yet', (login) => reissued(login, { nbf: seconds() + 600 }), 'ACCESS_TOKEN_INVALID', true),
  access('nbf as text', (login) => reissued(login, { nbf: 'never' })),
  access('alg missing', (login) => reissued(login, {}, { alg: undefined })),
  access('alg ES256', (login) => reissued(login, {}, { alg: 'ES256' })),
  access('alg RS512', (login) => reissued(login, {}, { alg: 'RS512' })),
  access('alg none, no signature', (login) => `${signedInput(reissued(login, {}, { alg: 'none' }))}.`),
  access(
    'a key of its own in the header',
    (login) =>
      STRANGER.sign(
        {
          kid: STRANGER.kid,
          alg: 'RS256',
          jwk: {},
          jku: 'https://attacker.example.com/jwks.json',
          x5u: 'https://a.b/c',
        },
        parsePart(login.accessTokenOf(ALICE).split('.')[1]),
      ),
    'ACCESS_TOKEN_INVALID',
    true,
  ),
  access('an unknown critical extension', (login) => reissued(login, {}, { crit: ['b64'], b64: false })),
  access("the load balancer's data token", (login) => login.dataTokenOf(ALICE)),
  access('no subject', (login) => reissued(login, { sub: undefined })),
  access('subject as a list', (login) => reissued(login, { sub: [ALICE.subject] })),
  access(
    'the signature of another token',
    (login) => `${signedInput(login.accessTokenOf(ALICE))}.${login.accessTokenOf(ALICE).split('.')[2] ?? ''}`,
    'ACCESS_TOKEN_INVALID',
    true,
  ),
  access('invalid UTF-8', (login) => {
    const [head, payload, signature] = login.accessTokenOf(ALICE).split('.');
    const json = Buffer.from(payload ?? '', 'base64url')
      .toString('latin1')
      .replace(/}$/, ',"x":"\xff"}');
    return [head, Buffer.from(json, 'latin1').toString('base64url'), signature].join('.');
  }),
  access('alg none', (login) => reissued(login, {}, { alg: 'none' })),
  access('HS256 with the public key as the secret', (login) => {
    const input = signedInput(reissued(login, {}, { alg: 'HS256' }));
    return `${input}.${createHmac('sha256', login.pool.jwks()).update(input).digest('base64url')}`;
  }),
  access('kid missing', (login) => reissued(login, {}, { kid: undefined })),
  access('kid with a path', (login) => reissued(login, {}, { kid: '../../x?y' })),
  access('groups as text', (login) => reissued(login, { 'cognito:groups': 'admins' })),
  access(
    'groups added after signing',
    (login) => {
      const [head, payload, signature] = login.accessTokenOf(BOB_AS_ALICE).split('.');
      return [head, encodeJson({ ...parsePart(payload), 'cognito:groups': ['admins'] }), signature].join('.');
    },
    'ACCESS_TOKEN_INVALID',
    true,
  ),
  access('padded', (login) => login.accessTokenOf(ALICE).split('.').map(pad).join('.')),
  access('another spelling of the same signature', (login) => login.accessTokenOf(ALICE).replace(/.$/, nextLetter)),
];
