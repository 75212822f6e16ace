import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ask } from './ask.ts';
import { type Loot } from './attacks/attack.ts';
import { conceal, HANDED_ON, reveal } from './attacks/handed-on.ts';
import { HEADER_ATTACKS } from './attacks/headers.ts';
import { http2Request } from './attacks/http2-request.ts';
import { ACCESS, DATA, Forge, headersOf, type Identity, IDENTITY, identityIn } from './attacks/identity.ts';
import { ALMOST_PUBLIC, PRIVATE_TARGETS } from './attacks/paths.ts';
import { type HeaderLine, type RawAnswer, rawRequest } from './attacks/raw-request.ts';
import { TOKEN_ATTACKS } from './attacks/tokens.ts';
import { location, Visitor } from './attacks/visitor.ts';
import { type Credentials } from './browser.ts';
import { type Served, serveAuth, stopAll } from './served.ts';
import { demoUser } from './users.ts';
import { copyWorkspace, type WorkspaceCopy } from './workspace-copy.ts';

const SESSION = /^AWSELBAuthSessionCookie-\d$/;
const NONCE = 'AWSALBAuthNonce';

let copy: WorkspaceCopy;
let served: Served;
let applicationUrl: string;
let users: Record<'alice' | 'bob', Credentials>;
/** Browsers with a session each. */
let alice: Visitor;
let bob: Visitor;
let loot: Loot;

beforeAll(async () => {
  copy = await copyWorkspace();
  await reveal(copy);
  // So that a session takes more than one cookie.
  await copy.edit('apps/auth/users.local.json', (users) =>
    users.replaceAll(' Example"', ` Example${' the Long'.repeat(200)}"`),
  );
  served = await serveAuth(copy);
  users = { alice: await demoUser('alice'), bob: await demoUser('bob') };
  [alice, bob] = [await signedIn(users.alice), await signedIn(users.bob)];
  loot = { alice: await handedOn(alice), bob: await handedOn(bob), forge: await Forge.open(copy) };
  const revealing = served.applicationUrl();
  await conceal(copy);
  // What is attacked is the application that is delivered; its address is printed after it has taken over.
  await eventually(async () => (await alice.ask(`${served.url}${HANDED_ON}`)).status === 404);
  await eventually(() => Promise.resolve(served.applicationUrl() !== revealing));
  applicationUrl = served.applicationUrl();
});
afterAll(async () => {
  await stopAll();
  await copy.remove();
});

async function signedIn(user: Credentials): Promise<Visitor> {
  const visitor = new Visitor();
  await visitor.signIn(`${served.url}/`, user);
  return visitor;
}

async function handedOn(visitor: Visitor): Promise<Identity> {
  return identityIn(JSON.parse((await visitor.ask(`${served.url}${HANDED_ON}`)).body) as string[]);
}

async function eventually(condition: () => Promise<boolean>): Promise<void> {
  const start = performance.now();
  while (!(await condition())) {
    if (performance.now() - start > 15_000) throw new Error(`Not so in 15 s:\n${served.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What was captured, good for another minute. */
function fresh(): Loot {
  const { forge } = loot;
  return { alice: forge.renewed(loot.alice), bob: forge.renewed(loot.bob), forge };
}

const session = (visitor: Visitor): readonly HeaderLine[] => [['Cookie', visitor.cookieHeader(served.url)]];

/** Asks the load balancer with exactly these session cookies and no others. */
const withCookies = (cookies: Iterable<readonly [string, string]>): Promise<RawAnswer> =>
  rawRequest(served.url, {
    target: '/api/me',
    headers: [['Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')]],
  });

const shardsOf = (visitor: Visitor): readonly (readonly [string, string])[] =>
  [...visitor.cookies(served.url)].filter(([name]) => SESSION.test(name));

/** Another character in the middle, of the same alphabet. */
function flipped(value: string, at = Math.floor(value.length / 2)): string {
  return value.slice(0, at) + (value.charAt(at) === 'A' ? 'B' : 'A') + value.slice(at + 1);
}

/** A person's session, no login page, and nothing of anybody else's. */
function expectLogin(answer: { readonly status: number; header(name: string): string | undefined }): void {
  expect(answer.status).toBe(302);
  expect(answer.header('location')).toMatch(/^https:\/\/gatehouse-local\.auth\.localhost:\d+\/oauth2\/authorize\?/);
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
    '%s / is closed too',
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
        expectLogin(await rawRequest(served.url, { target, headers }));
      }
    },
  );

  it.each(NAMES.map((name, index) => [name, index] as const))("%s: bob's session stays bob's", async (_, index) => {
    const headers = [...session(bob), ...(spellings(fresh().alice)[index] ?? [])];
    const me = await rawRequest(served.url, { target: '/api/me', headers });
    expect([me.status, me.body.includes('bob@example.com'), me.body.includes('alice')]).toEqual([200, true, false]);
    expect((await rawRequest(served.url, { target: '/admin', headers })).status).toBe(403);
  });

  it.each(NAMES.map((name, index) => [name, index] as const))(
    '%s: a public page does not believe them',
    async (_, index) => {
      const plain = await rawRequest(served.url, { target: '/logged-out' });
      const forged = await rawRequest(served.url, {
        target: '/logged-out',
        headers: spellings(fresh().alice)[index] ?? [],
      });
      expect([forged.status, forged.body]).toEqual([plain.status, plain.body]);
    },
  );

  it('over HTTP/2 they are no different, nor is another authority', async () => {
    const forged = Object.fromEntries(headersOf(fresh().alice));
    const stranger = await http2Request(served.url, { ':path': '/admin', ...forged });
    expect([stranger.status, stranger.location?.includes('/oauth2/authorize?')]).toEqual([302, true]);
    const cookie = bob.cookieHeader(served.url);
    const me = await http2Request(served.url, { ':path': '/api/me', cookie, ...forged });
    expect([me.status, me.body.includes('bob@example.com'), me.body.includes('alice')]).toEqual([200, true, false]);
    expect((await http2Request(served.url, { ':path': '/admin', cookie, ...forged })).status).toBe(403);
    expect((await http2Request(served.url, { ':path': '/logged-out/../admin' })).status).toBe(302);
    const elsewhere = await http2Request(served.url, { ':path': '/', ':authority': 'evil.example' });
    expect((await new Visitor().follow(elsewhere.location ?? '')).status).toBe(400);
  });

  it("a bearer token beside bob's session changes nothing, and is no session", async () => {
    const bearer: HeaderLine = ['Authorization', `Bearer ${loot.alice.accessToken}`];
    const me = await rawRequest(served.url, { target: '/api/me', headers: [...session(bob), bearer] });
    expect(me.body).toContain('bob@example.com');
    expectLogin(await rawRequest(served.url, { target: '/api/me', headers: [bearer] }));
  });

  it('over plain HTTP they are redirected with everything else', async () => {
    const origin = `http://app.localhost:${copy.httpPort}`;
    const { status } = await rawRequest(origin, { target: '/admin', headers: headersOf(fresh().alice) });
    expect(status).toBe(301);
  });
});

describe('the session cookie', () => {
  it('is needed whole and unchanged: each shard with one character changed, at each end and inside', async () => {
    const shards = shardsOf(alice);
    expect((await withCookies(shards)).status).toBe(200);
    for (const [index, [, value]] of shards.entries()) {
      for (const at of [0, Math.floor(value.length / 2), value.length - 3]) {
        const changed = shards.map(
          ([name, content], i) => [name, i === index ? flipped(content, at) : content] as const,
        );
        expect([index, at, (await withCookies(changed)).status]).toEqual([index, at, 401]);
      }
    }
  });

  it('is refused with a shard missing, shards swapped, doubled, cut or lengthened', async () => {
    const shards = shardsOf(alice);
    // What the rest of this test takes apart.
    expect(shards.length).toBeGreaterThanOrEqual(2);
    const names = shards.map(([name]) => name);
    const values = shards.map(([, value]) => value);
    const named = (list: readonly string[]) =>
      list.map((value, i) => [names[i] ?? `${names[0]?.slice(0, -1)}${i}`, value] as const);
    for (const cookies of [
      ...shards.map((_, missing) => shards.filter((_, index) => index !== missing)),
      named(values.toReversed()),
      named(values.map(() => values[0] ?? '')),
      named(values.map((value) => value.slice(0, -4))),
      named([...values, 'AAAA']),
      named(values.map(encodeURIComponent)),
      named(values.map((value) => `"${value}"`)),
      named(['', ...values.slice(1)]),
    ]) {
      expect((await withCookies(cookies)).status).toBe(401);
    }
  });

  it('of two visitors does not mix', async () => {
    const [ofAlice, ofBob] = [shardsOf(alice), shardsOf(bob)];
    const count = Math.min(ofAlice.length, ofBob.length);
    for (let from = 1; from < count; from++) {
      expect((await withCookies([...ofAlice.slice(0, from), ...ofBob.slice(from)])).status).toBe(401);
      expect((await withCookies([...ofBob.slice(0, from), ...ofAlice.slice(from)])).status).toBe(401);
    }
  });

  it('comes twice: one whole session counts, or none', async () => {
    const answer = await withCookies([...shardsOf(bob), ...shardsOf(alice)]);
    expect([answer.status, answer.body.includes('alice')]).toEqual([200, false]);
    const headers: HeaderLine[] = [...session(bob), ...session(alice)];
    const split = await rawRequest(served.url, { target: '/api/me', headers });
    expect([split.status, split.body.includes('alice')]).toEqual([200, false]);
  });

  it('under another name is no session', async () => {
    for (const rename of ['Other', 'awselbauthsessioncookie', 'AWSELBAuthSessionCookie%2D']) {
      expectLogin(
        await withCookies(shardsOf(alice).map(([name, value]) => [name.replace(/^[^-]+/, rename), value] as const)),
      );
    }
  });

  it('is not a login state, nor the other way round', async () => {
    const state = location(await new Visitor().ask(`${served.url}/`))?.searchParams.get('state') ?? '';
    expect((await withCookies([['AWSELBAuthSessionCookie-0', state]])).status).toBe(401);
    const visitor = new Visitor();
    const callback = await visitor.login(`${served.url}/`, users.bob);
    callback.searchParams.set(
      'state',
      shardsOf(alice)
        .map(([, value]) => value)
        .join(''),
    );
    expect((await visitor.ask(callback.href)).status).toBe(401);
  });

  it('that is refused is taken back, so that the next visit is a login', async () => {
    const [[name, value] = ['', ''], ...rest] = shardsOf(alice);
    const refused = await withCookies([[name, flipped(value)], ...rest]);
    expect(refused.header('set-cookie')).toMatch(/^AWSELBAuthSessionCookie-0=; Expires=Thu, 01 Jan 1970/);
  });
});

describe('the callback', () => {
  /** A login as far as the callback, which is not asked for yet. */
  async function begun(path = '/'): Promise<{ visitor: Visitor; callback: URL }> {
    const visitor = new Visitor();
    return { visitor, callback: await visitor.login(`${served.url}${path}`, users.bob) };
  }
  const hasSession = (visitor: Visitor): boolean => shardsOf(visitor).length > 0;

  it('works once: code, state and nonce are of no use a second time', async () => {
    const { visitor, callback } = await begun('/api/me?x=1');
    const nonce = visitor.cookies(served.url).get(NONCE) ?? '';
    const first = await visitor.ask(callback.href);
    expect([first.status, first.headers.location]).toEqual([302, `${served.url}/api/me?x=1`]);
    expect(visitor.cookies(served.url).has(NONCE)).toBe(false);

    const replay = new Visitor();
    replay.cookies(served.url).set(NONCE, nonce);
    expect((await replay.ask(callback.href)).status).toBe(401);
    expect(hasSession(replay)).toBe(false);
    expect((await visitor.ask(callback.href)).status).toBe(401);
    expect((await visitor.ask(`${served.url}/api/me`)).status).toBe(200);
  });

  it("is refused without the nonce's cookie, with another's and with a changed one, and the code is not spent", async () => {
    const { visitor, callback } = await begun();
    const other = new Visitor();
    await other.ask(`${served.url}/`);
    const ours = visitor.cookies(served.url).get(NONCE) ?? '';
    for (const nonce of [
      undefined,
      '',
      other.cookies(served.url).get(NONCE) ?? 'x',
      flipped(ours),
      `${ours}x`,
      ours.toLowerCase(),
    ]) {
      const thief = new Visitor();
      if (nonce !== undefined) thief.cookies(served.url).set(NONCE, nonce);
      expect([nonce, (await thief.ask(callback.href)).status]).toEqual([nonce, 401]);
      expect(hasSession(thief)).toBe(false);
    }
    expect((await visitor.ask(callback.href)).status).toBe(302);
  });

  it("of an attacker's login does not sign a victim in (login CSRF)", async () => {
    const { callback } = await begun();
    const victim = new Visitor();
    await victim.ask(`${served.url}/`);
    expect((await victim.ask(callback.href)).status).toBe(401);
    expect(hasSession(victim)).toBe(false);
    // Nor does it replace the session that a victim has.
    const before = alice.cookieHeader(served.url);
    expect((await alice.ask(callback.href)).status).toBe(401);
    expect(alice.cookieHeader(served.url)).toBe(before);
  });

  it('is refused with a state that was changed, is of another login, or of another form', async () => {
    const { visitor, callback } = await begun();
    const state = callback.searchParams.get('state') ?? '';
    const another = (await begun()).callback.searchParams.get('state') ?? '';
    const form = JSON.stringify({
      uri: 'https://evil.example/',
      nonce: visitor.cookies(served.url).get(NONCE),
      iat: Date.now(),
    });
    for (const changed of [
      flipped(state, 0),
      flipped(state),
      flipped(state, state.length - 3),
      state.slice(0, -4),
      `${state}AAAA`,
      `${state}=`,
      state.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
      another,
      '',
      'AAAA',
      form,
      Buffer.from(form).toString('base64'),
    ].filter((candidate) => candidate !== state)) {
      const url = new URL(callback);
      url.searchParams.set('state', changed);
      expect([changed, (await visitor.ask(url.href)).status]).toEqual([changed, 401]);
    }
    const twice = new URL(callback);
    twice.searchParams.append('state', state);
    expect((await visitor.ask(twice.href)).status).toBe(401);
    const none = new URL(callback);
    none.searchParams.delete('state');
    expect((await visitor.ask(none.href)).status).toBe(401);
    expect(hasSession(visitor)).toBe(false);
  });

  it('is refused without a code, with two, with a made-up one, and with one that was issued to another login', async () => {
    const { visitor, callback } = await begun();
    const other = (await begun()).callback.searchParams.get('code') ?? '';
    const url = new URL(callback);
    url.searchParams.delete('code');
    expect((await visitor.ask(url.href)).status).toBe(401);
    url.searchParams.append('code', callback.searchParams.get('code') ?? '');
    url.searchParams.append('code', other);
    expect((await visitor.ask(url.href)).status).toBe(401);
    url.searchParams.set('code', randomUUID());
    expect((await visitor.ask(url.href)).status).toBe(401);
    expect(hasSession(visitor)).toBe(false);
  });

  it('says nothing of the error that the login page reports, and needs the state for it', async () => {
    const visitor = new Visitor();
    const state = location(await visitor.ask(`${served.url}/`))?.searchParams.get('state') ?? '';
    const error = 'error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E';
    const path = `${served.url}/oauth2/idpresponse`;
    const reported = await visitor.ask(`${path}?${error}&state=${encodeURIComponent(state)}`);
    expect([reported.status, reported.body.includes('script')]).toEqual([401, false]);
    expect((await visitor.ask(`${path}?${error}`)).status).toBe(401);
    expect((await new Visitor().ask(`${path}?error=server_error&state=${encodeURIComponent(state)}`)).status).toBe(401);
  });

  it('of two tabs that log in at once works in the later one alone', async () => {
    const visitor = new Visitor();
    const first = await visitor.login(`${served.url}/?tab=1`, users.bob);
    const second = await visitor.login(`${served.url}/?tab=2`, users.bob);
    expect((await visitor.ask(first.href)).status).toBe(401);
    const answer = await visitor.ask(second.href);
    expect([answer.status, answer.headers.location]).toEqual([302, `${served.url}/?tab=2`]);
    expect((await visitor.ask(`${served.url}/api/me`)).status).toBe(200);
  });

  it('on another host is not the one the login was begun on', async () => {
    const { visitor, callback } = await begun();
    const headers: HeaderLine[] = [['Cookie', visitor.cookieHeader(served.url)]];
    const target = callback.pathname + callback.search;
    for (const host of [
      'evil.example',
      `APP.localhost:${copy.httpsPort}`,
      'app.localhost',
      `app.localhost.evil.example`,
    ]) {
      const { status } = await rawRequest(served.url, { target, headers, host });
      expect([host, status]).toEqual([host, 401]);
    }
  });
});

describe('across the login', () => {
  it('a POST comes back as a GET, so that a form of another site does nothing', async () => {
    const visitor = new Visitor();
    const asked = await visitor.ask(`${served.url}/logout`, { method: 'POST', form: new URLSearchParams('a=b') });
    expect(asked.status).toBe(302);
    const callback = await visitor.login(location(asked)?.href ?? '', users.bob);
    const back = await visitor.ask(callback.href);
    expect([back.status, back.headers.location]).toEqual([302, `${served.url}/logout`]);
    const page = await visitor.ask(`${served.url}/logout`);
    expect([page.status, page.headers['set-cookie']]).toEqual([200, undefined]);
    expect((await visitor.ask(`${served.url}/api/me`)).status).toBe(200);
  });

  it.each([
    '//evil.example/',
    '//evil.example/%2f..',
    '/\\evil.example/',
    '/%09/evil.example/',
    '/@evil.example/',
    '/?next=https://evil.example/',
    '/.evil.example/',
  ])('%s leads back to this host', async (target) => {
    const visitor = new Visitor();
    const asked = await rawRequest(served.url, { target });
    expectLogin(asked);
    const nonce = /AWSALBAuthNonce=(\w+)/.exec(asked.header('set-cookie') ?? '')?.[1] ?? '';
    visitor.cookies(served.url).set(NONCE, nonce);
    const back = await visitor.ask((await visitor.login(asked.header('location') ?? '', users.bob)).href);
    expect(back.status).toBe(302);
    expect(new URL(back.headers.location ?? '').origin).toBe(served.url);
  });

  it.each([
    ['another Host', '/', 'evil.example'],
    ['a Host that begins alike', '/', 'app.localhost.evil.example'],
    ['an absolute request target', 'https://evil.example/', undefined],
  ])('%s is not sent back to by the pool', async (_, target, host) => {
    const asked = await rawRequest(served.url, { target, ...(host !== undefined && { host }) });
    expectLogin(asked);
    const refused = await new Visitor().follow(asked.header('location') ?? '');
    expect([refused.url.pathname, refused.status]).toEqual(['/error', 400]);
    expect(refused.body).not.toContain('password');
  });

  it.each([
    ['a Host with a user', '/', 'app.localhost@evil.example'],
    ['an absolute target with a user', 'https://app.localhost@evil.example/', undefined],
  ])('%s is malformed', async (_, target, host) => {
    const { status } = await rawRequest(served.url, { target, ...(host !== undefined && { host }) });
    expect(status).toBe(400);
  });
});

describe('signing out', () => {
  async function pool(): Promise<{ logout: URL; clientId: string }> {
    const login = location(await new Visitor().ask(`${served.url}/`));
    return { logout: new URL('/logout', login), clientId: login?.searchParams.get('client_id') ?? '' };
  }

  it('leads to the one registered address, and to nothing like it', async () => {
    const { logout, clientId } = await pool();
    const ask = async (parameters: Record<string, string>): Promise<string> => {
      const url = new URL(logout);
      url.search = new URLSearchParams(parameters).toString();
      const { status, headers } = await new Visitor().ask(url.href);
      return status === 302 ? (headers.location ?? '') : String(status);
    };
    const registered = `${served.url}/logged-out`;
    expect(await ask({ client_id: clientId, logout_uri: registered })).toBe(registered);
    for (const uri of [
      `${registered}/`,
      `${registered}?`,
      `${registered}#`,
      `${registered}/../admin`,
      served.url,
      registered.replace('https:', 'http:'),
      registered.replace(/:\d+/, ''),
      registered.replace('app.localhost', 'evil.example'),
      registered.replace('app.localhost', 'app.localhost@evil.example'),
      registered.replace('logged-out', 'Logged-Out'),
      '//evil.example/logged-out',
      'javascript:alert(1)',
      '',
    ]) {
      const answer = await ask({ client_id: clientId, logout_uri: uri });
      expect([uri, /^\d+$/.test(answer) ? answer : new URL(answer, logout).pathname]).toEqual([
        uri,
        expect.stringMatching(/^(400|\/error)$/),
      ]);
    }
    expect(await ask({ client_id: 'unknown', logout_uri: registered })).not.toBe(registered);
    expect(await ask({ logout_uri: registered })).not.toBe(registered);
  });

  it('takes nothing from the request into where it leads', async () => {
    const visitor = await signedIn(users.bob);
    const headers: HeaderLine[] = [
      ...session(visitor),
      ['Origin', served.url],
      ['X-Forwarded-Host', 'evil.example'],
      ['Content-Length', '0'],
    ];
    const target = '/logout?logout_uri=https://evil.example/&next=//evil.example';
    const answer = await rawRequest(served.url, { method: 'POST', target, headers });
    expect(answer.status).toBe(303);
    expect(new URL(answer.header('location') ?? '').searchParams.get('logout_uri')).toBe(`${served.url}/logged-out`);
  });

  it.each([
    ['another origin', ['Origin', 'https://evil.example']],
    ['no origin at all', undefined],
    ['an opaque origin', ['Origin', 'null']],
    ['a page of another site', ['Sec-Fetch-Site', 'cross-site']],
    ['a page of a neighbouring host', ['Sec-Fetch-Site', 'same-site']],
    ['our origin as a prefix', ['Origin', 'https://app.localhost.evil.example']],
  ] as const)('is not done for %s', async (_, header) => {
    const headers: HeaderLine[] = [...session(bob), ['Content-Length', '0'], ...(header ? [header] : [])];
    expect((await rawRequest(served.url, { method: 'POST', target: '/logout', headers })).status).toBe(403);
    expect((await bob.ask(`${served.url}/api/me`)).status).toBe(200);
  });
});

describe('tricks with paths and framing', () => {
  it.each(PRIVATE_TARGETS)('%s needs a login', async (target) => {
    expectLogin(await rawRequest(served.url, { target }));
  });

  it.each(ALMOST_PUBLIC)('%s needs a login too', async (target) => {
    expectLogin(await rawRequest(served.url, { target }));
  });

  it.each(['X-Original-URL', 'X-Rewrite-URL', 'X-Forwarded-Path', 'X-Forwarded-Prefix'])(
    '%s does not turn a public page into another',
    async (name) => {
      const plain = await ask(`${served.url}/logged-out`);
      const { status, body } = await rawRequest(served.url, { target: '/logged-out', headers: [[name, '/admin']] });
      expect([status, body]).toEqual([plain.status, plain.body]);
    },
  );

  it.each([
    ['a method in a header', [['X-HTTP-Method-Override', 'GET']], 'POST'],
    ['a method of nobody', [], 'JEFF'],
    ['TRACE', [], 'TRACE'],
  ] as const)('%s opens nothing', async (_, headers, method) => {
    const { status } = await rawRequest(served.url, {
      method,
      target: '/admin',
      headers: [...headers, ['Content-Length', '0']],
    });
    expect([302, 400, 405]).toContain(status);
  });

  it('an upgrade is no way around: not through the load balancer, nor straight at the application', async () => {
    const headers: HeaderLine[] = [
      ['Connection', 'Upgrade'],
      ['Upgrade', 'websocket'],
      ['Sec-WebSocket-Version', '13'],
      ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
      ['Origin', served.url],
    ];
    expectLogin(await rawRequest(served.url, { target: '/admin', headers }));
    // Node keeps a connection that is not upgraded, and this request would wait for its end.
    const straight: HeaderLine[] = headers.map(([name, value]) => [
      name,
      name === 'Connection' ? 'close, Upgrade' : value,
    ]);
    expect((await rawRequest(applicationUrl, { target: '/admin', headers: straight })).status).toBe(401);
  });

  const SMUGGLED = 'GET /admin HTTP/1.1\r\nHost: app\r\n\r\n';
  it.each([
    [
      'two lengths',
      [
        ['Content-Length', '0'],
        ['Content-Length', String(SMUGGLED.length)],
      ],
    ],
    [
      'a length and chunks',
      [
        ['Content-Length', String(SMUGGLED.length)],
        ['Transfer-Encoding', 'chunked'],
      ],
    ],
    ['chunks of no kind', [['Transfer-Encoding', 'xchunked']]],
    ['a signed length', [['Content-Length', `+${SMUGGLED.length}`]]],
    ['a space before the colon', [['Content-Length ', String(SMUGGLED.length)]]],
    [
      'chunks after a tab',
      [
        ['Transfer-Encoding', '\tchunked'],
        ['Content-Length', '5'],
      ],
    ],
  ] as const)('a request is not smuggled in with %s', async (_, headers) => {
    for (const origin of [served.url, applicationUrl]) {
      const answer = await rawRequest(origin, {
        method: 'POST',
        target: '/logged-out',
        headers: [...headers, ['Connection', 'close']],
        body: SMUGGLED,
      });
      expect(answer.answers).toBe(1);
      expect([400, 415, 501]).toContain(answer.status);
    }
  });

  it('two hosts are refused', async () => {
    const { status } = await rawRequest(served.url, { target: '/logged-out', headers: [['Host', 'evil.example']] });
    expect(status).toBe(400);
  });
});
