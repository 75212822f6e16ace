import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { type ClaimsErrorCode } from '../../error.ts';
import { pad } from '../../testing/encode.ts';
import { type LocalLogin, LocalSigner } from '../../testing/index.ts';
import { ALICE, BOB, SETTINGS } from '../world.ts';
import {
  type Attack,
  dataAttack as data,
  nextLetter,
  OTHER_ALB,
  OTHER_ISSUER,
  resigned,
  seconds,
  signedInput,
} from './forge.ts';
import { REWRITTEN_DATA } from './rewritten-data.ts';

function exp(name: string, code: ClaimsErrorCode, value: unknown, payloadValue: unknown = value): Attack {
  return data(name, code, (login) => resigned(login, { exp: value }, { exp: payloadValue }));
}

function forgedBy(signer: LocalSigner): string {
  const claims = { sub: ALICE.subject };
  const header = {
    typ: 'JWT',
    kid: signer.kid,
    alg: 'ES256',
    iss: SETTINGS.issuer,
    client: SETTINGS.clientId,
    signer: SETTINGS.albArn,
  };
  const exp = seconds() + 60;
  return signer.sign({ ...header, exp }, { ...claims, exp, iss: SETTINGS.issuer });
}

/** Alice's data token with the bytes of its signature changed. */
function withSignature(login: LocalLogin, change: (signature: Buffer) => Buffer): string {
  const token = login.dataTokenOf(ALICE);
  const signature = Buffer.from(token.split('.')[2] ?? '', 'base64url');
  return `${signedInput(token)}.${pad(change(signature).toString('base64url'))}`;
}

const FORGERIES: readonly Attack[] = [
  data("the attacker's own load balancer of the region, genuine key (ALBeast)", 'SIGNER_MISMATCH', (login) =>
    resigned(login, { signer: OTHER_ALB }),
  ),
  data('signer missing', 'SIGNER_MISMATCH', (login) => resigned(login, { signer: undefined })),
  data('signer as a list with the right one', 'SIGNER_MISMATCH', (login) =>
    resigned(login, { signer: [SETTINGS.albArn] }),
  ),
  data('another app client', 'CLIENT_MISMATCH', (login) => resigned(login, { client: '9otherclient' })),
  data('another issuer in the header', 'ISSUER_MISMATCH', (login) => resigned(login, { iss: OTHER_ISSUER })),
  data('another issuer in the payload', 'ISSUER_MISMATCH', (login) => resigned(login, {}, { iss: OTHER_ISSUER })),
  data('no issuer in the payload', 'ISSUER_MISMATCH', (login) => resigned(login, {}, { iss: undefined })),
  data('no subject', 'TOKEN_MALFORMED', (login) => resigned(login, {}, { sub: undefined })),
  data('an unknown critical extension', 'TOKEN_MALFORMED', (login) => resigned(login, { crit: ['b64'] })),
  data('another type', 'TOKEN_MALFORMED', (login) => resigned(login, { typ: 'JWE' })),
  data('alg none, no signature', 'TOKEN_MALFORMED', (login) => resigned(login, { alg: 'none' }).replace(/[^.]+$/, '')),
  data('alg none, with a signature', 'ALGORITHM_UNEXPECTED', (login) => resigned(login, { alg: 'none' })),
  data('alg missing', 'ALGORITHM_UNEXPECTED', (login) => resigned(login, { alg: undefined })),
  data('alg as a list', 'ALGORITHM_UNEXPECTED', (login) => resigned(login, { alg: ['ES256'] })),
  data('alg ES384', 'ALGORITHM_UNEXPECTED', (login) => resigned(login, { alg: 'ES384' })),
  data('alg es256', 'ALGORITHM_UNEXPECTED', (login) => resigned(login, { alg: 'es256' })),
  data('HS256 with the public key as the secret', 'ALGORITHM_UNEXPECTED', (login) => {
    const input = signedInput(resigned(login, { alg: 'HS256' }));
    return `${input}.${pad(createHmac('sha256', login.signer.publicKeyPem).update(input).digest('base64url'))}`;
  }),
  data('a signature in DER', 'SIGNATURE_INVALID', (login) => {
    const input = signedInput(login.dataTokenOf(ALICE));
    // Any DER signature will do: the form is refused before the key is looked at.
    const der = sign('sha256', Buffer.from(input), generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
    return `${input}.${pad(der.toString('base64url'))}`;
  }),
  data(
    'a signature of zeros (CVE-2022-21449)',
    'SIGNATURE_INVALID',
    (login) => login.dataTokenOf(ALICE).replace(/[^.]+$/, `${'A'.repeat(86)}==`),
    true,
  ),
  data(
    "another key's signature under the genuine key id",
    'SIGNATURE_INVALID',
    (login) => forgedBy(new LocalSigner(login.signer.kid)),
    true,
  ),
  data('a key that the key host does not know', 'KEY_UNKNOWN', () => forgedBy(new LocalSigner()), true),
  data(
    'the signature of another token',
    'SIGNATURE_INVALID',
    (login) => {
      const signature = login.dataTokenOf(BOB).split('.')[2] ?? '';
      return `${signedInput(login.dataTokenOf(ALICE))}.${signature}`;
    },
    true,
  ),
  data('a signature cut short', 'SIGNATURE_INVALID', (login) => login.dataTokenOf(ALICE).replace(/.{6}==$/, '')),
  data(
    'r and s exchanged',
    'SIGNATURE_INVALID',
    (login) => withSignature(login, (rs) => Buffer.concat([rs.subarray(32), rs.subarray(0, 32)])),
    true,
  ),
  data('two paddings', 'TOKEN_MALFORMED', (login) => `${login.dataTokenOf(ALICE)}==`),
  data('padding stripped after signing', 'TOKEN_MALFORMED', (login) => login.dataTokenOf(ALICE).replaceAll('=', '')),
  data('another spelling of the same signature', 'TOKEN_MALFORMED', (login) =>
    login.dataTokenOf(ALICE).replace(/.==$/, (end) => `${nextLetter(end)}==`),
  ),
  data('standard base64', 'TOKEN_MALFORMED', (login) => `+/${login.dataTokenOf(ALICE).slice(2)}`),
  data('a fourth part', 'TOKEN_MALFORMED', (login) => `${login.dataTokenOf(ALICE)}.AAAA`),
];

const KIDS: readonly Attack[] = [
  ['a path', '../x'],
  ['a query', '0b3f2c58-6c1d-4d6a-9d0e-0a4a5a1c9f11?x'],
  ['upper case', '0B3F2C58-6C1D-4D6A-9D0E-0A4A5A1C9F11'],
  ['a line feed', '0b3f2c58-6c1d-4d6a-9d0e-0a4a5a1c9f11\n'],
  ['full-width digits', '０b3f2c58-6c1d-4d6a-9d0e-0a4a5a1c9f11'],
  ['a Cyrillic letter', '0b3f2c58-6c1d-4d6а-9d0e-0a4a5a1c9f11'],
  ['an encoded path', '%2e%2e%2f%2e%2e%2fx'],
  ['a whole URL', 'https://attacker.example.com/0b3f2c58-6c1d-4d6a-9d0e-0a4a5a1c9f11'],
  ['a fragment', '0b3f2c58-6c1d-4d6a-9d0e-0a4a5a1c9f11#x'],
  ['a NUL', '0b3f2c58-6c1d-4d6a-9d0e-0a4a5a1c9f11\0'],
  ['a space before it', ' 0b3f2c58-6c1d-4d6a-9d0e-0a4a5a1c9f11'],
  ['braces', '{0b3f2c58-6c1d-4d6a-9d0e-0a4a5a1c9f11}'],
  ['nothing', ''],
].map(([name, kid]) => data(`kid with ${name}`, 'KID_MALFORMED', (login) => resigned(login, { kid })));

const EXPIRY: readonly Attack[] = [
  data('expired beyond the tolerance', 'TOKEN_EXPIRED', (login) =>
    ((past) => resigned(login, { exp: past }, { exp: past }))(seconds() - 6),
  ),
  exp('exp missing', 'EXPIRY_MISMATCH', undefined),
  exp('exp missing in the header', 'EXPIRY_MISMATCH', undefined, seconds() + 600),
  data('exp missing in the payload', 'EXPIRY_MISMATCH', (login) => resigned(login, {}, { exp: undefined })),
  exp('exp later in the payload', 'EXPIRY_MISMATCH', seconds() + 600, seconds() + 601),
  exp('exp as text', 'EXPIRY_MISMATCH', String(seconds() + 600)),
  exp('exp as text in the header', 'EXPIRY_MISMATCH', String(seconds() + 600), seconds() + 600),
  exp('exp with a fraction', 'EXPIRY_MISMATCH', seconds() + 600.5),
  exp('exp negative', 'EXPIRY_MISMATCH', -1),
  exp('exp zero', 'EXPIRY_MISMATCH', 0),
  exp('exp 2^53', 'EXPIRY_MISMATCH', 2 ** 53),
  exp('exp null', 'EXPIRY_MISMATCH', null),
  exp('exp as a list', 'EXPIRY_MISMATCH', [seconds() + 600]),
  exp('exp in milliseconds, long gone in seconds', 'EXPIRY_MISMATCH', (seconds() + 600) * 1000, seconds() + 600),
];

/** Late by one second: to be refused where the clock tolerance is 0. */
export const LATE_DATA_TOKENS: readonly Attack[] = [
  data('data expired by one second', 'TOKEN_EXPIRED', (login) =>
    ((past) => resigned(login, { exp: past }, { exp: past }))(seconds() - 1),
  ),
];

/** Data tokens that a load balancer of ours never wrote. */
export const DATA_TOKENS: readonly Attack[] = [...FORGERIES, ...KIDS, ...EXPIRY, ...REWRITTEN_DATA];
