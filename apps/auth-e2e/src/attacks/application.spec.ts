import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type Loot } from './attack.ts';
import { expectLogin } from './expect-login.ts';
import { capture, reveal } from './handed-on.ts';
import { HEADER_ATTACKS } from './headers.ts';
import { http2Request } from './http2-request.ts';
import { ACCESS, DATA, headersOf, type Identity, IDENTITY } from './identity.ts';
import { PRIVATE_TARGETS } from './paths.ts';
import { type HeaderLine, type RawAnswer, rawRequest } from './raw-request.ts';
import { Siege } from './siege.ts';
import { TOKEN_ATTACKS } from './tokens.ts';
import { Visitor } from './visitor.ts';

let siege: Siege;
let loot: Loot;
let applicationUrl: string;
beforeAll(async () => {
  siege = await Siege.begin(reveal);
  loot = await capture(siege);
  applicationUrl = siege.served.applicationUrl();
});
afterAll(() => siege.end());

/** What was captured, good for another minute. */
function fresh(): Loot {
  const { forge } = loot;
  return { alice: forge.renewed(loot.alice), bob: forge.renewed(loot.bob), forge };
}

describe('straight at the application', () => {
  const ask = (
    headers: readonly HeaderLine[],
    target = '/api/me',
    more: readonly HeaderLine[] = [],
  ): Promise<RawAnswer> => rawRequest(applicationUrl, { target, headers: [...headers, ...more] });

  it('what the load balancer handed on is believed, so that an attack fails for what it changes', async () => {
    const answer = await ask(headersOf(fresh().alice));
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('alice@example.com');
    expect((await ask(headersOf(fresh().alice), '/admin')).status).toBe(200);
    expect((await ask(headersOf(fresh().bob), '/admin')).status).toBe(403);
  });

  it.each([...HEADER_ATTACKS, ...TOKEN_ATTACKS])('$name: $refusal', async ({ headers, refusal }) => {
    const answer = await ask(headers(fresh()));
    expect(answer.answers).toBe(1);
    if (typeof refusal === 'number') {
      expect(answer.status).toBe(refusal);
      expect(answer.body).not.toMatch(/alice|bob/i);
    } else {
      expect(JSON.parse(answer.body)).toEqual({ code: refusal, statusCode: 401 });
      expect(answer.status).toBe(401);
    }
  });

  it('a header of 10 MB is not read to its end', async () => {
    const answer = await ask([...headersOf(fresh().alice), ['x-filler', 'x'.repeat(10 * 2 ** 20)]]);
    // The connection is broken off while we still write, and with it, at times, the answer.
    expect([0, 431]).toContain(answer.status);
    expect((await ask([...headersOf(fresh().alice), ['x-filler', 'x'.repeat(66_000)]])).status).toBe(431);
    expect((await ask(headersOf(fresh().alice))).status).toBe(200);
  });

  it('a refusal names no detail to a browser either', async () => {
    const { forge, alice } = fresh();
    const forged = headersOf({ ...alice, data: forge.data(alice.data, { signer: 'arn:mallory' }) });
    const answer = await ask(forged, '/', [['Accept', 'text/html']]);
    expect(answer.status).toBe(401);
    expect(answer.body).not.toMatch(/mallory|arn:|alice|bob|us-east-1/i);
  });

  it.each(PRIVATE_TARGETS)('%s is closed to a stranger', async (target) => {
    const answer = await rawRequest(applicationUrl, { target });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });

  it.each(PRIVATE_TARGETS)('%s does not become the administrators’ page for somebody else', async (target) => {
    const answer = await ask(headersOf(fresh().bob), target);
    expect(answer.body).not.toContain('<h1>Administration');
    if (/admin/i.test(target)) expect(answer.status).not.toBe(200);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND', 'get'])(
    '%s /admin is closed too',
    async (method) => {
      const { status } = await rawRequest(applicationUrl, { method, target: '/admin' });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    },
  );

  it('forged key ids cost a handful of fetches, and shut nobody out', async () => {
    const { alice, forge } = fresh();
    const statuses = await Promise.all(
      Array.from({ length: 100 }, async () => {
        return (await ask(headersOf({ ...alice, data: forge.data(alice.data, { kid: randomUUID() }) }))).status;
      }),
    );
    expect(new Set(statuses)).toEqual(new Set([401, 503]));
    // What was looked up and is unknown is 401; the rest was not looked up.
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(10);
    expect((await ask(headersOf(fresh().alice))).status).toBe(200);
  });
});
describe('forged identity headers through the load balancer', () => {
  const spellings = (identity: Identity): readonly HeaderLine[][] => {
    const lines = [...headersOf(identity)];
    const renamed = (change: (name: string) => string): HeaderLine[] =>
      lines.map(([name, value]) => [change(name), value]);
    return [
      lines,
      [...lines, ...lines],
      renamed((name) => name.toUpperCase()),
      renamed((name) => name.replaceAll('-', '_')),
      renamed((name) => name.replace('oidc-', 'oidc_')),
      renamed((name) => name.replaceAll('-', '.')),
      [...lines, ['Connection', `close, ${[DATA, IDENTITY, ACCESS].join(', ')}`]],
    ];
  };
  const NAMES = [
    'plain',
    'doubled',
    'in capitals',
    'with underscores',
    'with one underscore',
    'with dots',
    'of the connection',
  ];

  it.each(NAMES.map((name, index) => [name, index] as const))(
    '%s: without a session they lead to the login',
    async (_, index) => {
      const headers = spellings(fresh().alice)[index] ?? [];
      for (const target of ['/', '/api/me', '/admin', '/health/ready']) {
        expectLogin(await rawRequest(siege.url, { target, headers }));
      }
    },
  );

  it.each(NAMES.map((name, index) => [name, index] as const))("%s: bob's session stays bob's", async (_, index) => {
    const headers = [...siege.session(siege.bob), ...(spellings(fresh().alice)[index] ?? [])];
    const me = await rawRequest(siege.url, { target: '/api/me', headers });
    expect([me.status, me.body.includes('bob@example.com'), me.body.includes('alice')]).toEqual([200, true, false]);
    expect((await rawRequest(siege.url, { target: '/admin', headers })).status).toBe(403);
  });

  it.each(NAMES.map((name, index) => [name, index] as const))(
    '%s: a public page does not believe them',
    async (_, index) => {
      const plain = await rawRequest(siege.url, { target: '/logged-out' });
      const forged = await rawRequest(siege.url, {
        target: '/logged-out',
        headers: spellings(fresh().alice)[index] ?? [],
      });
      expect([forged.status, forged.body]).toEqual([plain.status, plain.body]);
    },
  );

  it('over HTTP/2 they are no different, nor is another authority', async () => {
    const forged = Object.fromEntries(headersOf(fresh().alice));
    const stranger = await http2Request(siege.url, { ':path': '/admin', ...forged });
    expect([stranger.status, stranger.location?.includes('/oauth2/authorize?')]).toEqual([302, true]);
    const cookie = siege.bob.cookieHeader(siege.url);
    const me = await http2Request(siege.url, { ':path': '/api/me', cookie, ...forged });
    expect([me.status, me.body.includes('bob@example.com'), me.body.includes('alice')]).toEqual([200, true, false]);
    expect((await http2Request(siege.url, { ':path': '/admin', cookie, ...forged })).status).toBe(403);
    expect((await http2Request(siege.url, { ':path': '/logged-out/../admin' })).status).toBe(302);
    const elsewhere = await http2Request(siege.url, { ':path': '/', ':authority': 'evil.example' });
    expect((await new Visitor().follow(elsewhere.location ?? '')).status).toBe(400);
  });

  it("a bearer token beside bob's session changes nothing, and is no session", async () => {
    const bearer: HeaderLine = ['Authorization', `Bearer ${loot.alice.accessToken}`];
    const me = await rawRequest(siege.url, { target: '/api/me', headers: [...siege.session(siege.bob), bearer] });
    expect(me.body).toContain('bob@example.com');
    expectLogin(await rawRequest(siege.url, { target: '/api/me', headers: [bearer] }));
  });

  it('over plain HTTP they are redirected with everything else', async () => {
    const origin = `http://app.localhost:${siege.copy.httpPort}`;
    const { status } = await rawRequest(origin, { target: '/admin', headers: headersOf(fresh().alice) });
    expect(status).toBe(301);
  });
});
