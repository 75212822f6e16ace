import { describe, expect, it } from '@jest/globals';
import { ClaimsError } from './error.ts';
import { ALB_ATTACKS, BEARER_ATTACKS, LATE_ATTACKS, UNPARSEABLE_HEADERS } from './testdata/attacks/index.ts';
import { ALICE, API_CLIENT, BOB, SETTINGS } from './testdata/world.ts';
import { LocalLogin } from './testing/index.ts';
import { createClaimsVerifier } from './verifier.ts';

const login = new LocalLogin(SETTINGS);
const verifier = createClaimsVerifier(SETTINGS, { fetch: login.fetch });

async function refusal(attempt: Promise<unknown>): Promise<string> {
  const outcome = await attempt.then(
    () => new Error('it was accepted'),
    (error: unknown) => error,
  );
  if (!(outcome instanceof ClaimsError)) throw outcome;
  return outcome.code;
}

describe('verifyAlb', () => {
  it('believes what the load balancer and the pool say together', async () => {
    const user = await verifier.verifyAlb(login.headersOf(ALICE));
    expect(user).toMatchObject({
      issuer: SETTINGS.issuer,
      subject: ALICE.subject,
      username: 'alice',
      email: 'alice@example.com',
      emailVerified: true,
      name: 'Alice Example',
      groups: ['admins', 'users'],
      scopes: ['openid'],
      via: 'alb',
      clientId: SETTINGS.clientId,
    });
    expect(user.claims).toMatchObject({ sub: ALICE.subject, iss: SETTINGS.issuer, username: 'alice' });
    expect(Date.now() - user.authenticatedAt.getTime()).toBeGreaterThanOrEqual(60_000);
  });

  it('does not care how the names of the headers are capitalised', async () => {
    const capitals = login.headersOf(ALICE).map((text, index) => (index % 2 ? text : text.toUpperCase()));
    await expect(verifier.verifyAlb(['Host', 'x', ...capitals])).resolves.toMatchObject({ username: 'alice' });
  });

  it('takes the string "false" for what it means', async () => {
    const user = await verifier.verifyAlb(login.headersOf(BOB));
    expect(user.emailVerified).toBe(false);
    expect(user).not.toHaveProperty('name');
  });

  it.each([
    [true, true],
    ['true', true],
    [false, false],
    ['TRUE', false],
    [1, false],
    [undefined, false],
  ])('reads email_verified %p as %p', async (claim, expected) => {
    const user = await verifier.verifyAlb(login.headersOf({ ...ALICE, claims: { email_verified: claim } }));
    expect(user.emailVerified).toBe(expected);
  });

  it('takes groups from the access token and from nowhere else', async () => {
    const claims = { 'cognito:groups': ['admins'], groups: ['admins'] };
    const user = await verifier.verifyAlb(login.headersOf({ ...BOB, claims }));
    expect(user.groups).toEqual(['users']);
  });

  it('hands out a user that cannot be changed', async () => {
    const user = await verifier.verifyAlb(login.headersOf(BOB));
    expect(() => (user.groups as string[]).push('admins')).toThrow(TypeError);
    expect(() => Object.assign(user, { subject: ALICE.subject })).toThrow(TypeError);
    expect(() => Object.assign(user.claims, { sub: ALICE.subject })).toThrow(TypeError);
  });

  it('refuses a user whose session has ended, and asks only about one who was verified', async () => {
    const asked: string[] = [];
    const isEnded = ({ username }: { readonly username: string }): boolean => asked.push(username) > 0;
    const ending = createClaimsVerifier(SETTINGS, { fetch: login.fetch, isEnded });
    expect(await refusal(ending.verifyAlb(login.headersOf(ALICE)))).toBe('SESSION_ENDED');
    await refusal(ending.verifyAlb([...login.headersOf(BOB), 'x-amzn-oidc-identity', 'x']));
    expect(asked).toEqual(['alice']);
  });

  it('does not believe a user of whom it cannot be told whether the session has ended', async () => {
    const isEnded = (): Promise<boolean> => Promise.reject(new Error('the store is down'));
    const ending = createClaimsVerifier(SETTINGS, { fetch: login.fetch, isEnded });
    await expect(ending.verifyAlb(login.headersOf(ALICE))).rejects.toThrow('the store is down');
  });

  it('believes any of several load balancers', async () => {
    const second = SETTINGS.albArn.replace('gatehouse', 'second');
    const both = createClaimsVerifier({ ...SETTINGS, albArn: [second, SETTINGS.albArn] }, { fetch: login.fetch });
    await expect(both.verifyAlb(login.headersOf(ALICE))).resolves.toMatchObject({ username: 'alice' });
  });

  it('tolerates as much of a clock difference as it is told, and no more', async () => {
    const now = (ahead: number) => () => Date.now() + ahead * 1000;
    const headers = login.headersOf(ALICE); // valid for 120 s
    const at = (ahead: number) => createClaimsVerifier(SETTINGS, { fetch: login.fetch, now: now(ahead) });
    await expect(at(123).verifyAlb(headers)).resolves.toMatchObject({ username: 'alice' });
    expect(await refusal(at(126).verifyAlb(headers))).toBe('TOKEN_EXPIRED');
    const strict = createClaimsVerifier(
      { ...SETTINGS, clockToleranceSeconds: 0 },
      { fetch: login.fetch, now: now(121) },
    );
    expect(await refusal(strict.verifyAlb(headers))).toBe('TOKEN_EXPIRED');
  });

  it('fetches each key once', async () => {
    const fresh = new LocalLogin(SETTINGS);
    const its = createClaimsVerifier(SETTINGS, { fetch: fresh.fetch });
    await Promise.all([ALICE, BOB, ALICE].map((user) => its.verifyAlb(fresh.headersOf(user))));
    await its.verifyAlb(fresh.headersOf(BOB));
    expect(fresh.fetched).toEqual([`${SETTINGS.albPublicKeysUrl}/${fresh.signer.kid}`, SETTINGS.jwksUrl]);
  });

  it('fetches nothing for 1,000 tokens of another signer, and next to nothing for random keys', async () => {
    const fresh = new LocalLogin(SETTINGS);
    const its = createClaimsVerifier(SETTINGS, { fetch: fresh.fetch });
    const stranger = new LocalLogin({ ...SETTINGS, albArn: SETTINGS.albArn.replace('gatehouse', 'attacker') });
    const albeast = stranger.headersOf(ALICE);
    const codes = await Promise.all(Array.from({ length: 1000 }, () => refusal(its.verifyAlb(albeast))));
    expect(new Set(codes)).toEqual(new Set(['SIGNER_MISMATCH']));
    expect(fresh.fetched).toEqual([]);

    const headers = fresh.headersOf(ALICE);
    for (let i = 0; i < 1000; i += 1) {
      const kid = `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
      const forged = headers.map((text) => withKid(text, kid));
      await refusal(its.verifyAlb(forged));
    }
    expect(fresh.fetched.length).toBeGreaterThan(0);
    expect(fresh.fetched.length).toBeLessThanOrEqual(5);
  });

  it('answers 503 when the key host is down, and believes nobody', async () => {
    const its = createClaimsVerifier(SETTINGS, { fetch: () => Promise.reject(new Error('down')) });
    const error: unknown = await its.verifyAlb(login.headersOf(ALICE)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'KEY_UNAVAILABLE', status: 503 });
  });

  describe('refuses', () => {
    it.each([...ALB_ATTACKS, ...UNPARSEABLE_HEADERS].map((attack) => [attack.name, attack] as const))(
      '%s',
      async (_, attack) => {
        const its = createClaimsVerifier(SETTINGS, { fetch: login.fetch });
        const rawHeaders = attack.rawHeaders(login);
        const fetchedBefore = login.fetched.length;
        const error: unknown = await its.verifyAlb(rawHeaders).then(
          () => new Error('it was accepted'),
          (reason: unknown) => reason,
        );
        expect(error).toBeInstanceOf(ClaimsError);
        expect(error).toMatchObject({ code: attack.code, status: 401 });
        for (const value of rawHeaders.filter((text, index) => index % 2 && text.length > 8)) {
          expect((error as Error).stack).not.toContain(value);
        }
        if (!attack.mayFetch) expect(login.fetched.length).toBe(fetchedBefore);
      },
    );
  });
});

describe('verifyAlb without a clock tolerance', () => {
  const strict = createClaimsVerifier({ ...SETTINGS, clockToleranceSeconds: 0 }, { fetch: login.fetch });

  it.each(LATE_ATTACKS.map((attack) => [attack.name, attack] as const))('refuses %s', async (_, attack) => {
    const rawHeaders = attack.rawHeaders(login);
    expect(await refusal(strict.verifyAlb(rawHeaders))).toBe(attack.code);
    // What is late by a second is within the tolerance of the others.
    await expect(verifier.verifyAlb(rawHeaders)).resolves.toMatchObject({ username: 'alice' });
  });
});

describe('verifyBearer', () => {
  it('believes an access token of an accepted client', async () => {
    const user = await verifier.verifyBearer(login.accessTokenOf(BOB, API_CLIENT));
    expect(user).toMatchObject({
      subject: BOB.subject,
      username: 'bob',
      groups: ['users'],
      via: 'bearer',
      clientId: API_CLIENT,
      emailVerified: false,
    });
    expect(user.claims).toMatchObject({ token_use: 'access' });
  });

  it('refuses every token unless a client is named', async () => {
    const { albArn, albPublicKeysUrl, issuer, clientId, jwksUrl } = SETTINGS;
    const settings = { albArn, albPublicKeysUrl, issuer, clientId, jwksUrl };
    const its = createClaimsVerifier(settings, { fetch: login.fetch });
    expect(await refusal(its.verifyBearer(login.accessTokenOf(BOB, API_CLIENT)))).toBe('BEARER_REFUSED');
    expect(await refusal(its.bearerKey(login.accessTokenOf(BOB, API_CLIENT)))).toBe('BEARER_REFUSED');
  });

  it.each(BEARER_ATTACKS.map((attack) => [attack.name, attack] as const))('refuses %s', async (_, attack) => {
    expect(await refusal(verifier.verifyBearer(attack.token(login)))).toBe(attack.code);
  });
});

describe('bearerKey', () => {
  it("is the pool's public key", async () => {
    const pem = await verifier.bearerKey(login.accessTokenOf(BOB, API_CLIENT));
    expect(pem).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
  });
});

/** A data token with another key id in its header, left as it is when it is none. */
function withKid(text: string, kid: string): string {
  const [header, payload, signature] = text.split('.');
  if (!signature?.endsWith('==')) return text;
  const json = Buffer.from(header ?? '', 'base64url').toString();
  const changed = Buffer.from(json.replace(/"kid":"[^"]*"/, `"kid":"${kid}"`)).toString('base64url');
  return [changed.padEnd(header?.length ?? 0, '='), payload, signature].join('.');
}
