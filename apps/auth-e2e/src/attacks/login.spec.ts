import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { flipped, NONCE, shardsOf } from './cookies.ts';
import { expectLogin } from './expect-login.ts';
import { type HeaderLine, rawRequest } from './raw-request.ts';
import { Siege } from './siege.ts';
import { location, Visitor } from './visitor.ts';

let siege: Siege;
beforeAll(async () => {
  siege = await Siege.begin();
});
afterAll(() => siege.end());

describe('the callback', () => {
  /** A login as far as the callback, which is not asked for yet. */
  async function begun(path = '/'): Promise<{ visitor: Visitor; callback: URL }> {
    const visitor = new Visitor();
    return { visitor, callback: await visitor.login(`${siege.url}${path}`, siege.users.bob) };
  }
  const hasSession = (visitor: Visitor): boolean => shardsOf(visitor, siege.url).length > 0;

  it('works once: code, state and nonce are of no use a second time', async () => {
    const { visitor, callback } = await begun('/api/me?x=1');
    const nonce = visitor.cookies(siege.url).get(NONCE) ?? '';
    const first = await visitor.ask(callback.href);
    expect([first.status, first.headers.location]).toEqual([302, `${siege.url}/api/me?x=1`]);
    expect(visitor.cookies(siege.url).has(NONCE)).toBe(false);

    const replay = new Visitor();
    replay.cookies(siege.url).set(NONCE, nonce);
    expect((await replay.ask(callback.href)).status).toBe(401);
    expect(hasSession(replay)).toBe(false);
    expect((await visitor.ask(callback.href)).status).toBe(401);
    expect((await visitor.ask(`${siege.url}/api/me`)).status).toBe(200);
  });

  it("is refused without the nonce's cookie, with another's and with a changed one, and the code is not spent", async () => {
    const { visitor, callback } = await begun();
    const other = new Visitor();
    await other.ask(`${siege.url}/`);
    const ours = visitor.cookies(siege.url).get(NONCE) ?? '';
    for (const nonce of [
      undefined,
      '',
      other.cookies(siege.url).get(NONCE) ?? 'x',
      flipped(ours),
      `${ours}x`,
      ours.toLowerCase(),
    ]) {
      const thief = new Visitor();
      if (nonce !== undefined) thief.cookies(siege.url).set(NONCE, nonce);
      expect([nonce, (await thief.ask(callback.href)).status]).toEqual([nonce, 401]);
      expect(hasSession(thief)).toBe(false);
    }
    expect((await visitor.ask(callback.href)).status).toBe(302);
  });

  it("of an attacker's login does not sign a victim in (login CSRF)", async () => {
    const { callback } = await begun();
    const victim = new Visitor();
    await victim.ask(`${siege.url}/`);
    expect((await victim.ask(callback.href)).status).toBe(401);
    expect(hasSession(victim)).toBe(false);
    // Nor does it replace the session that a victim has.
    const before = siege.alice.cookieHeader(siege.url);
    expect((await siege.alice.ask(callback.href)).status).toBe(401);
    expect(siege.alice.cookieHeader(siege.url)).toBe(before);
  });

  it('is refused with a state that was changed, is of another login, or of another form', async () => {
    const { visitor, callback } = await begun();
    const state = callback.searchParams.get('state') ?? '';
    const another = (await begun()).callback.searchParams.get('state') ?? '';
    const form = JSON.stringify({
      uri: 'https://evil.example/',
      nonce: visitor.cookies(siege.url).get(NONCE),
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
    const state = location(await visitor.ask(`${siege.url}/`))?.searchParams.get('state') ?? '';
    const error = 'error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E';
    const path = `${siege.url}/oauth2/idpresponse`;
    const reported = await visitor.ask(`${path}?${error}&state=${encodeURIComponent(state)}`);
    expect([reported.status, reported.body.includes('script')]).toEqual([401, false]);
    expect((await visitor.ask(`${path}?${error}`)).status).toBe(401);
    expect((await new Visitor().ask(`${path}?error=server_error&state=${encodeURIComponent(state)}`)).status).toBe(401);
  });

  it('of two tabs that log in at once works in the later one alone', async () => {
    const visitor = new Visitor();
    const first = await visitor.login(`${siege.url}/?tab=1`, siege.users.bob);
    const second = await visitor.login(`${siege.url}/?tab=2`, siege.users.bob);
    expect((await visitor.ask(first.href)).status).toBe(401);
    const answer = await visitor.ask(second.href);
    expect([answer.status, answer.headers.location]).toEqual([302, `${siege.url}/?tab=2`]);
    expect((await visitor.ask(`${siege.url}/api/me`)).status).toBe(200);
  });

  it('on another host is not the one the login was begun on', async () => {
    const { visitor, callback } = await begun();
    const headers: HeaderLine[] = [['Cookie', visitor.cookieHeader(siege.url)]];
    const target = callback.pathname + callback.search;
    for (const host of [
      'evil.example',
      `APP.localhost:${siege.copy.httpsPort}`,
      'app.localhost',
      `app.localhost.evil.example`,
    ]) {
      const { status } = await rawRequest(siege.url, { target, headers, host });
      expect([host, status]).toEqual([host, 401]);
    }
  });
});

describe('across the login', () => {
  it('a POST comes back as a GET, so that a form of another site does nothing', async () => {
    const visitor = new Visitor();
    const asked = await visitor.ask(`${siege.url}/logout`, { method: 'POST', form: new URLSearchParams('a=b') });
    expect(asked.status).toBe(302);
    const callback = await visitor.login(location(asked)?.href ?? '', siege.users.bob);
    const back = await visitor.ask(callback.href);
    expect([back.status, back.headers.location]).toEqual([302, `${siege.url}/logout`]);
    const page = await visitor.ask(`${siege.url}/logout`);
    expect([page.status, page.headers['set-cookie']]).toEqual([200, undefined]);
    expect((await visitor.ask(`${siege.url}/api/me`)).status).toBe(200);
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
    const asked = await rawRequest(siege.url, { target });
    expectLogin(asked);
    const nonce = /AWSALBAuthNonce=(\w+)/.exec(asked.header('set-cookie') ?? '')?.[1] ?? '';
    visitor.cookies(siege.url).set(NONCE, nonce);
    const back = await visitor.ask((await visitor.login(asked.header('location') ?? '', siege.users.bob)).href);
    expect(back.status).toBe(302);
    expect(new URL(back.headers.location ?? '').origin).toBe(siege.url);
  });

  it.each([
    ['another Host', '/', 'evil.example'],
    ['a Host that begins alike', '/', 'app.localhost.evil.example'],
    ['an absolute request target', 'https://evil.example/', undefined],
  ])('%s is not sent back to by the pool', async (_, target, host) => {
    const asked = await rawRequest(siege.url, { target, ...(host !== undefined && { host }) });
    expectLogin(asked);
    const refused = await new Visitor().follow(asked.header('location') ?? '');
    expect([refused.url.pathname, refused.status]).toEqual(['/error', 400]);
    expect(refused.body).not.toContain('password');
  });

  it.each([
    ['a Host with a user', '/', 'app.localhost@evil.example'],
    ['an absolute target with a user', 'https://app.localhost@evil.example/', undefined],
  ])('%s is malformed', async (_, target, host) => {
    const { status } = await rawRequest(siege.url, { target, ...(host !== undefined && { host }) });
    expect(status).toBe(400);
  });
});
