import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';

import { type ClaimsVerifier, createClaimsVerifier } from '../src/verifier.ts';
import { encodeJson } from '../src/testing/encode.ts';
import { LocalSigner } from '../src/testing/index.ts';
import { SETTINGS } from '../src/testdata/world.ts';
import { sampleUser } from './requests.ts';

/** Megabytes (2^20 bytes) that a verifier grew by. */
export interface Growth {
  readonly users: number;
  readonly heap: number;
  /** What JavaScript's heap and the buffers beside it hold. */
  readonly held: number;
  /** What the process asked of the machine; garbage that was not given back is in it. */
  readonly resident: number;
}

const MEGABYTE = 2 ** 20;
const BATCH = 200;

const signer = new LocalSigner();
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const poolKid = randomUUID();
const jwks = JSON.stringify({
  keys: [{ ...publicKey.export({ format: 'jwk' }), kid: poolKid, use: 'sig', alg: 'RS256' }],
});
// On Node's threads: fifty thousand signatures of RSA are most of what this takes.
const signRsa = promisify(sign);

/** Verifies requests of so many users, each with tokens of their own, and weighs what is kept of them. */
export async function memory(users: number): Promise<Growth> {
  // What code, keys and the garbage of verifying take is not the cache's: it is there before the first weighing.
  await verifyUsers(verifier(null), 0, Math.min(users, 10 * BATCH));
  const subject = verifier(users);
  const before = await weigh();
  await verifyUsers(subject, 0, users);
  const after = await weigh();
  // Used once more, so that it cannot have been collected before it was weighed.
  await verifyUsers(subject, 0, 1);
  return {
    users,
    heap: (after.heapUsed - before.heapUsed) / MEGABYTE,
    held: (after.heapUsed + after.external - before.heapUsed - before.external) / MEGABYTE,
    resident: (after.rss - before.rss) / MEGABYTE,
  };
}

function verifier(cacheEntries: number | null): ClaimsVerifier {
  const settings = { ...SETTINGS, cacheEntries };
  return createClaimsVerifier(settings, {
    fetch: (url) => Promise.resolve({ status: 200, body: url === SETTINGS.jwksUrl ? jwks : signer.publicKeyPem }),
  });
}

async function verifyUsers(subject: ClaimsVerifier, first: number, last: number): Promise<void> {
  for (let index = first; index < last; index += BATCH) {
    const count = Math.min(BATCH, last - index);
    const requests = await Promise.all(Array.from({ length: count }, (_, offset) => requestOf(index + offset)));
    for (const request of requests) await subject.verifyAlb(request);
  }
}

async function requestOf(index: number): Promise<readonly string[]> {
  const { subject, username, groups, claims } = sampleUser(index);
  const now = Math.floor(Date.now() / 1000);
  const { issuer, clientId, albArn } = SETTINGS;
  const data = signer.dataToken({
    claims: { sub: subject, ...claims, username },
    signer: albArn,
    client: clientId,
    issuer,
    exp: now + 3600,
  });
  const input = [
    encodeJson({ kid: poolKid, alg: 'RS256' }),
    encodeJson({
      sub: subject,
      'cognito:groups': groups,
      iss: issuer,
      version: 2,
      client_id: clientId,
      origin_jti: randomUUID(),
      token_use: 'access',
      scope: 'openid email profile',
      auth_time: now,
      exp: now + 3600,
      iat: now,
      jti: randomUUID(),
      username,
    }),
  ].join('.');
  const signature = await signRsa('sha256', Buffer.from(input), privateKey);
  const accessToken = `${input}.${signature.toString('base64url')}`;
  return ['x-amzn-oidc-data', data, 'x-amzn-oidc-identity', subject, 'x-amzn-oidc-accesstoken', accessToken];
}

async function weigh(): Promise<NodeJS.MemoryUsage> {
  if (!globalThis.gc) throw new Error('memory can only be weighed with --expose-gc');
  for (let round = 0; round < 3; round++) {
    globalThis.gc();
    await setImmediate();
  }
  return process.memoryUsage();
}
