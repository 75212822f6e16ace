import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { flipped, shardsOf } from './cookies.ts';
import { expectLogin } from './expect-login.ts';
import { type HeaderLine, type RawAnswer, rawRequest } from './raw-request.ts';
import { Siege } from './siege.ts';
import { location, Visitor } from './visitor.ts';

let siege: Siege;
beforeAll(async () => {
  siege = await Siege.begin();
});
afterAll(() => siege.end());

/** Asks the load balancer with exactly these session cookies and no others. */
const withCookies = (cookies: Iterable<readonly [string, string]>): Promise<RawAnswer> =>
  rawRequest(siege.url, {
    target: '/api/me',
    headers: [['Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')]],
  });

describe('the session cookie', () => {
  it('is needed whole and unchanged: each shard with one character changed, at each end and inside', async () => {
    const shards = shardsOf(siege.alice, siege.url);
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
    const shards = shardsOf(siege.alice, siege.url);
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
    const [ofAlice, ofBob] = [shardsOf(siege.alice, siege.url), shardsOf(siege.bob, siege.url)];
    const count = Math.min(ofAlice.length, ofBob.length);
    for (let from = 1; from < count; from++) {
      expect((await withCookies([...ofAlice.slice(0, from), ...ofBob.slice(from)])).status).toBe(401);
      expect((await withCookies([...ofBob.slice(0, from), ...ofAlice.slice(from)])).status).toBe(401);
    }
  });

  it('comes twice: one whole session counts, or none', async () => {
    const answer = await withCookies([...shardsOf(siege.bob, siege.url), ...shardsOf(siege.alice, siege.url)]);
    expect([answer.status, answer.body.includes('alice')]).toEqual([200, false]);
    const headers: HeaderLine[] = [...siege.session(siege.bob), ...siege.session(siege.alice)];
    const split = await rawRequest(siege.url, { target: '/api/me', headers });
    expect([split.status, split.body.includes('alice')]).toEqual([200, false]);
  });

  it('under another name is no session', async () => {
    for (const rename of ['Other', 'awselbauthsessioncookie', 'AWSELBAuthSessionCookie%2D']) {
      expectLogin(
        await withCookies(
          shardsOf(siege.alice, siege.url).map(([name, value]) => [name.replace(/^[^-]+/, rename), value] as const),
        ),
      );
    }
  });

  it('is not a login state, nor the other way round', async () => {
    const state = location(await new Visitor().ask(`${siege.url}/`))?.searchParams.get('state') ?? '';
    expect((await withCookies([['AWSELBAuthSessionCookie-0', state]])).status).toBe(401);
    const visitor = new Visitor();
    const callback = await visitor.login(`${siege.url}/`, siege.users.bob);
    callback.searchParams.set(
      'state',
      shardsOf(siege.alice, siege.url)
        .map(([, value]) => value)
        .join(''),
    );
    expect((await visitor.ask(callback.href)).status).toBe(401);
  });

  it('that is refused is taken back, so that the next visit is a login', async () => {
    const [[name, value] = ['', ''], ...rest] = shardsOf(siege.alice, siege.url);
    const refused = await withCookies([[name, flipped(value)], ...rest]);
    expect(refused.header('set-cookie')).toMatch(/^AWSELBAuthSessionCookie-0=; Expires=Thu, 01 Jan 1970/);
  });
});

describe('signing out', () => {
  async function pool(): Promise<{ logout: URL; clientId: string }> {
    const login = location(await new Visitor().ask(`${siege.url}/`));
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
    const registered = `${siege.url}/logged-out`;
    expect(await ask({ client_id: clientId, logout_uri: registered })).toBe(registered);
    for (const uri of [
      `${registered}/`,
      `${registered}?`,
      `${registered}#`,
      `${registered}/../admin`,
      siege.url,
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
    const visitor = await siege.bobAgain();
    const headers: HeaderLine[] = [
      ...siege.session(visitor),
      ['Origin', siege.url],
      ['X-Forwarded-Host', 'evil.example'],
      ['Content-Length', '0'],
    ];
    const target = '/logout?logout_uri=https://evil.example/&next=//evil.example';
    const answer = await rawRequest(siege.url, { method: 'POST', target, headers });
    expect(answer.status).toBe(303);
    expect(new URL(answer.header('location') ?? '').searchParams.get('logout_uri')).toBe(`${siege.url}/logged-out`);
  });

  it.each([
    ['another origin', ['Origin', 'https://evil.example']],
    ['no origin at all', undefined],
    ['an opaque origin', ['Origin', 'null']],
    ['a page of another site', ['Sec-Fetch-Site', 'cross-site']],
    ['a page of a neighbouring host', ['Sec-Fetch-Site', 'same-site']],
    ['our origin as a prefix', ['Origin', 'https://app.localhost.evil.example']],
  ] as const)('is not done for %s', async (_, header) => {
    const headers: HeaderLine[] = [...siege.session(siege.bob), ['Content-Length', '0'], ...(header ? [header] : [])];
    expect((await rawRequest(siege.url, { method: 'POST', target: '/logout', headers })).status).toBe(403);
    expect((await siege.bob.ask(`${siege.url}/api/me`)).status).toBe(200);
  });
});
