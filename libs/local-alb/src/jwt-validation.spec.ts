import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type JwtValidationAction } from '@gatehouse/listener';

import { createAuthority, issueCertificate } from './certificate.ts';
import { type Echo } from './testdata/fake-target.ts';
import { openSession, readStream } from './testdata/http2-client.ts';
import { forwardAction, httpsListener, loadBalancer, pathRule, rule } from './testdata/load-balancer.ts';
import { rawStatus, sendRaw } from './testdata/raw-client.ts';
import { type Rig, serverTls, startRig } from './testdata/rig.ts';
import { jwkOf, keyPair, startTokenIssuer, tokenIssuer, type TokenIssuer, tokenOf } from './testdata/token-issuer.ts';
import { type Switches } from './switches.ts';

const seconds = (): number => Math.floor(Date.now() / 1000);

describe('a jwt-validation action', () => {
  let issuer: TokenIssuer;
  let rig: Rig;
  const start = async (change: Partial<JwtValidationAction> = {}, switches: Partial<Switches> = {}): Promise<void> => {
    const open = pathRule(1, '/open', forwardAction);
    const listener = httpsListener(open, rule('default', [{ ...issuer.action, ...change }, forwardAction]));
    rig = await startRig(loadBalancer([listener]), { switches });
  };
  beforeEach(async () => {
    issuer = await startTokenIssuer(serverTls);
  });
  afterEach(() => Promise.all([rig.stop(), issuer.close()]));

  const token = (change: Readonly<Record<string, unknown>> = {}, ...more: [object?]): string =>
    tokenOf({ iss: tokenIssuer, exp: seconds() + 600, sub: 'robot', ...change }, issuer.privateKey, { ...more[0] });
  const fetch = (Authorization: string | readonly string[], path = '/') =>
    rig.fetch(path, { headers: { Authorization } });
  /** The status, and the reason of the log; that the target got nothing. */
  const refused = async (authorization: string | readonly string[]): Promise<readonly unknown[]> => {
    const { status, body } = await fetch(authorization);
    expect(body).not.toContain('rawHeaders');
    return [status, rig.events.at(-1)?.errorReason];
  };

  it('hands a valid token on as it is, and makes no session [A2.9 D, A5.7 R]', async () => {
    await start();
    const given = token({ nbf: seconds() - 1, iat: seconds() - 1 });
    const answer = await fetch(`Bearer ${given}`);
    expect([answer.status, answer.setCookies]).toEqual([200, []]);
    const { headers } = JSON.parse(answer.body) as Echo;
    expect(headers['authorization']).toBe(`Bearer ${given}`);
    expect(Object.keys(headers).filter((name) => name.startsWith('x-amzn-oidc'))).toEqual([]);
    expect(rig.events).toMatchObject([{ status: 200, actions: ['jwt-validation', 'forward'], priority: 'default' }]);
    expect(rig.alb.counts).toMatchObject({ JWTValidationSuccessCount: 1 });
    expect(rig.alb.counts['ELBAuthSuccess']).toBeUndefined();
  });

  it('asks for the keys once [A5.5 U]', async () => {
    await start();
    for (let count = 0; count < 5; count += 1) expect((await fetch(`Bearer ${token()}`)).status).toBe(200);
    expect(issuer.asked()).toBe(1);
  });

  it('refuses a request without a token by 401, and lets other rules be [A2.9 D, A5.6 U, A5.7 R]', async () => {
    await start();
    const answer = await rig.fetch('/');
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, undefined]);
    expect(rig.events.at(-1)).toMatchObject({ errorReason: 'JWTHeaderNotPresent', actions: ['jwt-validation'] });
    expect((await rig.fetch('/open')).status).toBe(200);
    expect((await rig.fetch('/oauth2/idpresponse')).status).toBe(401);
    expect(issuer.asked()).toBe(0);
    expect(rig.alb.counts).toMatchObject({ JWTValidationFailureCount: 2 });
  });

  it.each<[string, string, () => string | readonly string[]]>([
    ['no algorithm', 'JWTRequestFormatInvalid', () => `Bearer ${token({}, { alg: 'none' })}`],
    ['no signature', 'JWTRequestFormatInvalid', () => `Bearer ${token({}, { alg: 'none' }).replace(/[^.]+$/, '')}`],
    [
      'HS256 with the public key',
      'JWTRequestFormatInvalid',
      () => {
        const pem = issuer.publicKey.export({ type: 'spki', format: 'pem' }).toString();
        return `Bearer ${tokenOf({ iss: tokenIssuer, exp: seconds() + 600 }, pem, { alg: 'HS256' })}`;
      },
    ],
    [
      'HS256 with the public key, said to be RS256',
      'JWTSignatureValidationError',
      () => {
        const pem = issuer.publicKey.export({ type: 'spki', format: 'pem' }).toString();
        return `Bearer ${tokenOf({ iss: tokenIssuer, exp: seconds() + 600 }, pem)}`;
      },
    ],
    [
      'another key of the same kid',
      'JWTSignatureValidationError',
      () => `Bearer ${tokenOf({ iss: tokenIssuer, exp: seconds() + 600 }, keyPair().privateKey)}`,
    ],
    [
      'a key of its own',
      'JWTSignatureValidationError',
      () => {
        const own = keyPair();
        const header = { jwk: jwkOf(own.publicKey), jku: issuer.action.jwksEndpoint };
        return `Bearer ${tokenOf({ iss: tokenIssuer, exp: seconds() + 600 }, own.privateKey, header)}`;
      },
    ],
    ['an unknown kid', 'JWTSignatureValidationError', () => `Bearer ${token({}, { kid: '../x' })}`],
    ['another issuer', 'JWTClaimValueInvalid', () => `Bearer ${token({ iss: 'https://other.example.com' })}`],
    ['an end that is over', 'JWTClaimValueInvalid', () => `Bearer ${token({ exp: seconds() - 1 })}`],
    ['no end', 'JWTClaimNotPresent', () => `Bearer ${token({ exp: undefined })}`],
    ['an end in text', 'JWTClaimFormatInvalid', () => `Bearer ${token({ exp: String(seconds() + 600) })}`],
    ['a beginning to come', 'JWTClaimValueInvalid', () => `Bearer ${token({ nbf: seconds() + 300 })}`],
    ['two Authorization headers', 'JWTRequestFormatInvalid', () => [`Bearer ${token()}`, `Bearer ${token()}`]],
    ['a scheme in lower case', 'JWTRequestFormatInvalid', () => `bearer ${token()}`],
    ['another scheme', 'JWTRequestFormatInvalid', () => `Basic ${token()}`],
  ])('refuses a token with %s [A2.9 D, A5.3 U, A5.7 R]', async (_, expected, made) => {
    await start();
    expect(await refused(made())).toEqual([401, expected]);
    expect(JSON.stringify(rig.events)).not.toContain('eyJ');
  });

  it('takes no second header of another case, and none over HTTP/2 [A2.9 D]', async () => {
    await start();
    const good = `Bearer ${token()}`;
    const raw = `GET / HTTP/1.1\r\nHost: app.localhost\r\nConnection: close\r\nAuthorization: ${good}\r\nauthorization: Bearer x\r\n\r\n`;
    expect(rawStatus(await sendRaw(rig.origin, raw))).toBe(401);
    const session = openSession(rig.origin);
    const status = async (authorization?: string): Promise<number> =>
      (await readStream(session.request({ ':path': '/', ...(authorization === undefined ? {} : { authorization }) })))
        .status;
    try {
      expect([await status(good), await status(`${good}x`), await status()]).toEqual([200, 401, 401]);
    } finally {
      session.close();
    }
  });

  it('is asked at the upgrade of a WebSocket [A2.9 D, A4.16 D]', async () => {
    await start();
    let upgrades = 0;
    rig.target.server.on('upgrade', (_request, socket) => {
      upgrades += 1;
      socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    });
    const upgrade = async (authorization: string): Promise<number> =>
      rawStatus(
        await sendRaw(
          rig.origin,
          `GET / HTTP/1.1\r\nHost: app.localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${authorization}\r\n`,
        ),
      );
    expect([await upgrade(''), await upgrade('Authorization: Bearer x\r\n'), upgrades]).toEqual([401, 401, 0]);
    expect([await upgrade(`Authorization: Bearer ${token()}\r\n`), upgrades]).toEqual([101, 1]);
  });

  it('wants the claims of the action in their formats [A2.9 D]', async () => {
    await start({
      additionalClaims: [
        { name: 'client_id', format: 'single-string', values: ['robot'] },
        { name: 'scope', format: 'space-separated-values', values: ['read'] },
        { name: 'groups', format: 'string-array', values: ['machines'] },
      ],
    });
    const all = { client_id: 'robot', scope: 'write read', groups: ['machines', 'all'] };
    expect((await fetch(`Bearer ${token(all)}`)).status).toBe(200);
    const reason = async (change: object): Promise<unknown> =>
      (await refused(`Bearer ${token({ ...all, ...change })}`))[1];
    expect(await reason({ client_id: ['robot'] })).toBe('JWTClaimFormatInvalid');
    expect(await reason({ scope: undefined })).toBe('JWTClaimNotPresent');
    expect(await reason({ scope: ['read'] })).toBe('JWTClaimFormatInvalid');
    expect(await reason({ groups: ['other'] })).toBe('JWTClaimValueInvalid');
  });

  it('takes a new key of the issuer, after a pause, and drops one that is gone [A5.5 U]', async () => {
    await start();
    expect((await fetch(`Bearer ${token()}`)).status).toBe(200);
    const next = keyPair();
    issuer.answer = { status: 200, body: JSON.stringify({ keys: [jwkOf(next.publicKey, 'key-2')] }) };
    const claims = { iss: tokenIssuer, exp: seconds() + 600 };
    const rotated = `Bearer ${tokenOf(claims, next.privateKey, { kid: 'key-2' })}`;
    rig.advance(31_000);
    expect((await fetch(rotated)).status).toBe(200);
    expect(await refused(`Bearer ${token()}`)).toEqual([401, 'JWTSignatureValidationError']);
  });

  it('forwards nothing while the keys cannot be had, and goes on when they can [A5.1 D, A5.2 U]', async () => {
    await start();
    const { answer } = issuer;
    issuer.answer = 'break';
    expect(await refused(`Bearer ${token()}`)).toEqual([500, 'JWKSRequestFailed']);
    rig.advance(3000);
    const keys = Array.from({ length: 11 }, (_, index) => jwkOf(issuer.publicKey, `key-${index}`));
    issuer.answer = { status: 200, body: JSON.stringify({ keys }) };
    expect(await refused(`Bearer ${token()}`)).toEqual([500, 'JWKSResponseInvalid']);
    rig.advance(3000);
    issuer.answer = answer;
    expect((await fetch(`Bearer ${token()}`)).status).toBe(200);
  });

  it('believes no endpoint whose certificate is not trusted', async () => {
    const stranger = await createAuthority('stranger', Date.now());
    const other = await startTokenIssuer(await issueCertificate(stranger, ['127.0.0.1'], Date.now()));
    try {
      await start({ jwksEndpoint: other.action.jwksEndpoint });
      expect(await refused(`Bearer ${token()}`)).toEqual([500, 'JWKSRequestFailed']);
      expect(other.asked()).toBe(0);
    } finally {
      await other.close();
    }
  });

  it.each([401, 403] as const)('invalidToken: %i [A5.6 U]', async (invalidToken) => {
    await start({}, { invalidToken });
    expect((await rig.fetch('/')).status).toBe(invalidToken);
  });

  it.each([500, 502, 503] as const)('keySetOutOfReach: %i [A5.2 U]', async (keySetOutOfReach) => {
    await start({}, { keySetOutOfReach });
    issuer.answer = 'break';
    expect((await fetch(`Bearer ${token()}`)).status).toBe(keySetOutOfReach);
  });
});
