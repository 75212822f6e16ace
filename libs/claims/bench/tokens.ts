import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';

import { encodeJson, pad } from '../src/testing/encode.ts';
import { ALICE, SETTINGS } from '../src/testdata/world.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const kid = randomUUID();
const exp = Math.floor(Date.now() / 1000) + 3600;
const header = encodeJson({
  typ: 'JWT',
  kid,
  alg: 'ES256',
  iss: SETTINGS.issuer,
  client: SETTINGS.clientId,
  signer: SETTINGS.albArn,
  exp,
});
const payload = encodeJson({
  sub: ALICE.subject,
  ...ALICE.claims,
  username: ALICE.username,
  exp,
  iss: SETTINGS.issuer,
});

function signed(input: string): Uint8Array {
  return sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
}

/** One data token in the two spellings that verifiers understand, and its key. */
export interface SampleToken {
  readonly kid: string;
  readonly publicKey: typeof publicKey;
  readonly publicKeyPem: string;
  /** As a load balancer writes it. */
  readonly padded: string;
  /** The same claims without `=`, signed so: for verifiers that refuse padding. */
  readonly unpadded: string;
}

export const SAMPLE: SampleToken = {
  kid,
  publicKey,
  publicKeyPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
  padded: spelt(pad, `${pad(header)}.${pad(payload)}`),
  unpadded: spelt((part) => part, `${header}.${payload}`),
};

function spelt(padding: (part: string) => string, input: string): string {
  return `${input}.${padding(Buffer.from(signed(input)).toString('base64url'))}`;
}
