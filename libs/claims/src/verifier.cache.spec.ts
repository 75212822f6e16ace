import { generateKeyPairSync, sign } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ALB_ATTACKS, BEARER_ATTACKS } from './testdata/attacks/index.ts';
import { ALICE, API_CLIENT, BOB, SETTINGS } from './testdata/world.ts';
import { LocalLogin } from './testing/index.ts';
import { type ClaimsVerifier, createClaimsVerifier } from './verifier.ts';

const login = new LocalLogin(SETTINGS);
const code = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => 'accepted',
    (error: unknown) => (error as { readonly code: unknown }).code,
  );

let now: number;
let verifier: ClaimsVerifier;

beforeEach(() => {
  now = Date.now();
  verifier = createClaimsVerifier(SETTINGS, { fetch: login.fetch, now: () => now });
});

describe('the memory of verified tokens', () => {
  it('gives the same strings the same user', async () => {
    const headers = login.headersOf(ALICE);
    const user = await verifier.verifyAlb(headers);
    expect(await verifier.verifyAlb(headers)).toBe(user);
    const token = login.accessTokenOf(BOB, API_CLIENT);
    expect(await verifier.verifyBearer(token)).toBe(await verifier.verifyBearer(token));
  });

  it('is off where cacheEntries is null', async () => {
    const its = createClaimsVerifier({ ...SETTINGS, cacheEntries: null }, { fetch: login.fetch });
    const headers = login.headersOf(ALICE);
    const user = await its.verifyAlb(headers);
    expect(await its.verifyAlb(headers)).not.toBe(user);
    expect(await its.verifyAlb(headers)).toEqual(user);
    const token = login.accessTokenOf(BOB, API_CLIENT);
    expect(await its.verifyBearer(token)).not.toBe(await its.verifyBearer(token));
  });

  it('ends with the first of the two tokens, to the millisecond, and by the same rule as without it', async () => {
    for (const cacheEntries of [10, null]) {
      const its = createClaimsVerifier({ ...SETTINGS, cacheEntries }, { fetch: login.fetch, now: () => now });
      const { data, access, exp } = pair({ data: 60, access: 600 });
      now = Date.now();
      await its.verifyAlb([...data, ...access]);
      now = (exp.data + 5) * 1000 - 1;
      expect(await code(its.verifyAlb([...data, ...access]))).toBe('accepted');
      now += 1;
      expect(await code(its.verifyAlb([...data, ...access]))).toBe('TOKEN_EXPIRED');

      const other = pair({ data: 600, access: 60 });
      now = Date.now();
      await its.verifyAlb([...other.data, ...other.access]);
      now = (other.exp.access + 5) * 1000 - 1;
      expect(await code(its.verifyAlb([...other.data, ...other.access]))).toBe('accepted');
      now += 1;
      expect(await code(its.verifyAlb([...other.data, ...other.access]))).toBe('ACCESS_TOKEN_EXPIRED');
    }
  });

  it('judges the headers of each request anew', async () => {
    const headers = login.headersOf(ALICE);
    await verifier.verifyAlb(headers);
    expect(await code(verifier.verifyAlb([...headers, ...headers]))).toBe('HEADER_DUPLICATE');
    expect(await code(verifier.verifyAlb([...headers, 'x_amzn_oidc_data', 'x']))).toBe('HEADER_LOOKALIKE');
    expect(await code(verifier.verifyAlb(withHeader(headers, 'identity', BOB.subject)))).toBe('SUBJECT_MISMATCH');
    expect(await code(verifier.verifyAlb(withHeader(headers, 'identity', null)))).toBe('IDENTITY_MISSING');
    expect(await code(verifier.verifyAlb(withHeader(headers, 'accesstoken', null)))).toBe('ACCESS_TOKEN_MISSING');
    expect(await code(verifier.verifyAlb(headers))).toBe('accepted');
  });

  it('asks at each request whether the session has ended', async () => {
    let ended = false;
    const its = createClaimsVerifier(SETTINGS, { fetch: login.fetch, isEnded: () => ended });
    const [headers, token] = [login.headersOf(ALICE), login.accessTokenOf(BOB, API_CLIENT)];
    await Promise.all([its.verifyAlb(headers), its.verifyBearer(token)]);
    ended = true;
    expect(await code(its.verifyAlb(headers))).toBe('SESSION_ENDED');
    expect(await code(its.verifyBearer(token))).toBe('SESSION_ENDED');
  });

  it("does not give a user to a known token beside another's", async () => {
    const [alice, bob] = [login.headersOf(ALICE), login.headersOf(BOB)];
    await Promise.all([verifier.verifyAlb(alice), verifier.verifyAlb(bob)]);
    const [, bobsAccess = ''] = bob;
    expect(await code(verifier.verifyAlb(withHeader(alice, 'accesstoken', bobsAccess)))).toBe('SUBJECT_MISMATCH');
  });

  it('does not know a good token by another signature, not even one of the same key', async () => {
    const headers = login.headersOf(ALICE);
    await verifier.verifyAlb(headers);
    const data = headers[headers.indexOf('x-amzn-oidc-data') + 1] ?? '';
    const input = data.replace(/\.[^.]*$/, '');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const forged = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    const changed = withHeader(headers, 'data', `${input}.${forged.toString('base64url')}==`);
    expect(await code(verifier.verifyAlb(changed))).toBe('SIGNATURE_INVALID');
  });

  it("never takes the load balancer's tokens for a bearer token", async () => {
    const headers = login.headersOf(ALICE);
    await verifier.verifyAlb(headers);
    const [, access = '', , , , data = ''] = headers;
    for (const token of [data, access, `${data},${access}`]) {
      expect(await code(verifier.verifyBearer(token))).toBe('BEARER_INVALID');
    }
  });

  it('helps no attack: with good tokens of everybody known, all are refused as without', async () => {
    await Promise.all([ALICE, BOB].map((user) => verifier.verifyAlb(login.headersOf(user))));
    for (const attack of ALB_ATTACKS) {
      expect([attack.name, await code(verifier.verifyAlb(attack.rawHeaders(login)))]).toEqual([
        attack.name,
        attack.code,
      ]);
    }
    await verifier.verifyBearer(login.accessTokenOf(ALICE, API_CLIENT));
    for (const attack of BEARER_ATTACKS) {
      expect([attack.name, await code(verifier.verifyBearer(attack.token(login)))]).toEqual([attack.name, attack.code]);
    }
  });

  it('goes on without the key hosts', async () => {
    let down = false;
    const its = createClaimsVerifier(SETTINGS, {
      fetch: (url, limits) => (down ? Promise.reject(new Error('down')) : login.fetch(url, limits)),
    });
    const headers = login.headersOf(ALICE);
    await its.verifyAlb(headers);
    down = true;
    expect(await code(its.verifyAlb(headers))).toBe('accepted');
    expect(await code(its.verifyAlb(login.headersOf(BOB)))).toBe('accepted');
  });
});

/** Alice's tokens with lives of so many seconds. */
function pair(lives: { readonly data: number; readonly access: number }) {
  const seconds = Math.floor(Date.now() / 1000);
  const exp = { data: seconds + lives.data, access: seconds + lives.access };
  const { albArn, clientId, issuer } = SETTINGS;
  const { subject, username } = ALICE;
  const data = login.signer.dataToken({
    claims: { sub: subject, username },
    signer: albArn,
    client: clientId,
    issuer,
    exp: exp.data,
  });
  const access = login.pool.accessToken({ issuer, clientId, subject, username, authTime: seconds, exp: exp.access });
  return {
    data: ['x-amzn-oidc-data', data, 'x-amzn-oidc-identity', subject],
    access: ['x-amzn-oidc-accesstoken', access],
    exp,
  };
}

function withHeader(headers: readonly string[], name: string, value: string | null): readonly string[] {
  const index = headers.indexOf(`x-amzn-oidc-${name}`);
  const changed = value === null ? [] : [`x-amzn-oidc-${name}`, value];
  return [...headers.slice(0, index), ...changed, ...headers.slice(index + 2)];
}
