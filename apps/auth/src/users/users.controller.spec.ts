import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { userPoolId } from '../testdata/environment.ts';
import { MemoryPool } from '../testdata/memory-pool.ts';
import { ada, browser, grace, RunningApp, settings } from '../testdata/running-app.ts';

const form = { ...browser, origin: settings.publicUrl, 'content-type': 'application/x-www-form-urlencoded' };
const adaUser = {
  username: ada.subject,
  subject: ada.subject,
  email: 'ada@example.com',
  name: '<script>alert("Ada")</script>',
  emailVerified: true,
  enabled: true,
  status: 'CONFIRMED',
  createdAt: new Date('2025-03-01T12:00:00Z'),
} as const;

let pool: MemoryPool;
let app: RunningApp;
beforeEach(async () => {
  pool = new MemoryPool();
  pool.users.push(adaUser);
  app = await RunningApp.start(undefined, undefined, { settings: { userPoolId }, userPool: pool });
});
afterEach(() => app.nest.close());

describe('GET /admin/users', () => {
  it('shows administrators who there is, with the way to each, and escapes what people are called', async () => {
    const { status, body } = await app.get('/admin/users', { ...browser, ...app.as(grace) });
    expect(status).toBe(200);
    expect(body).toContain(`<a href="/admin/users/${ada.subject}">ada@example.com</a>`);
    expect(body).toContain('&lt;script>alert(&quot;Ada&quot;)&lt;/script>');
    expect(body).not.toContain('<script');
  });

  it('is closed to everybody else, on every path and by every method', async () => {
    const user = `/admin/users/${ada.subject}`;
    for (const [method, path] of [
      ['GET', '/admin/users'],
      ['GET', user],
      ['POST', '/admin/users'],
      ['POST', `${user}/disable`],
      ['POST', `${user}/join-group`],
      ['GET', `${user}/disable`],
    ] as const) {
      const headers = { ...form, ...app.as(ada) };
      expect((await app.request(method, path, headers, method === 'POST' ? 'group=admins' : undefined)).status).toBe(
        403,
      );
      expect((await app.request(method, path, form)).status).toBe(401);
    }
    expect([pool.calls, pool.questions]).toEqual([[], []]);
  });

  it('hands the search and the token of a page on, and back into its links', async () => {
    pool.next = 'n&x"t=';
    const url = '/admin/users?by=name&search=A%22%3E&after=to%2Bken';
    const { body } = await app.get(url, { ...browser, ...app.as(grace) });
    expect(pool.questions).toEqual([{ search: { by: 'name', text: 'A">' }, after: 'to+ken' }]);
    expect(body).toContain('href="/admin/users?by=name&amp;search=A%22%3E&amp;after=n%26x%22t%3D"');
    expect(body).toContain('value="A&quot;>"');
    expect(body).toMatch(/<option[^>]*value="name"[^>]*selected/);
  });

  it.each([
    ['USER_POOL_BUSY', 503, '5'],
    ['USER_POOL_UNAVAILABLE', 503, '5'],
    ['USER_POOL_REFUSED', 400, undefined],
  ] as const)('says %s as a page without a detail', async (code, status, retryAfter) => {
    pool.refusal = code;
    const answer = await app.get('/admin/users', { ...browser, ...app.as(grace) });
    expect([answer.status, answer.headers['retry-after']]).toEqual([status, retryAfter]);
    expect(answer.body).toContain(`${status} ${code}`);
  });
});

describe('GET /admin/users/:username', () => {
  it('shows the user, the groups, and what can be done', async () => {
    pool.memberships.set(ada.subject, ['users']);
    const { body } = await app.get(`/admin/users/${ada.subject}?done=enabled`, { ...browser, ...app.as(grace) });
    expect(body).toContain('The account is enabled.');
    expect(body).toContain(`<form method="post" action="/admin/users/${ada.subject}/disable">`);
    expect(body).toContain('<option value="admins">');
    expect(body).toContain('aria-label="Take out of users"');
    expect(body).not.toContain('<script');
  });

  it('lets any group be named where not all are known', async () => {
    pool.known = { names: ['admins', 'users'], whole: false };
    const { body } = await app.get(`/admin/users/${ada.subject}`, { ...browser, ...app.as(grace) });
    expect(body).toContain('<input id="group" name="group" list="groups-known"');
    expect(body).toContain('The pool has more groups than are listed.');
    expect(body).not.toContain('<select');
  });

  it('says nothing that a link wants it to say', async () => {
    const url = `/admin/users/${ada.subject}?done=Call+555`;
    const { body } = await app.get(url, { ...browser, ...app.as(grace) });
    expect(body).not.toContain('555');
    expect(body).not.toContain('role="status"');
  });

  it.each(['nobody', '%20', 'a%00b', 'a'.repeat(129), '%E2%80%AE'])('finds nobody as %s', async (name) => {
    const { status, body } = await app.get(`/admin/users/${name}`, app.as(grace));
    expect([status, JSON.parse(body)]).toEqual([404, { code: 'USER_UNKNOWN', statusCode: 404 }]);
  });

  it('takes a name of any length that the pool has', async () => {
    const username = '\u{1d538}'.repeat(64);
    pool.users.push({ ...adaUser, username });
    const { status } = await app.get(`/admin/users/${encodeURIComponent(username)}`, app.as(grace));
    expect(status).toBe(200);
  });
});

describe('POST /admin/users', () => {
  it('invites, writes down whom by subject alone, and ends on their page', async () => {
    const { status, headers } = await app.request(
      'POST',
      '/admin/users',
      { ...form, ...app.as(grace) },
      'email=new%40example.com&name=New',
    );
    expect([status, headers['location']]).toEqual([303, '/admin/users/new-user?done=invited']);
    expect(app.logged('audit')).toEqual([
      expect.objectContaining({
        action: 'user.invite',
        outcome: 'done',
        subject: grace.subject,
        target: 'user:new-user',
      }),
    ]);
    expect(app.lines.join('')).not.toContain('new@example.com');
  });

  it.each(['', 'email=', 'email=nobody', 'email=a%40example.com&email=b%40example.com'])(
    'refuses the form %j',
    async (body) => {
      const { status } = await app.request('POST', '/admin/users', { ...form, ...app.as(grace) }, body);
      expect(status).toBe(400);
      expect(pool.calls).toEqual([]);
      expect(app.logged('audit')).toEqual([expect.objectContaining({ outcome: 'refused', code: 'FORM_INVALID' })]);
    },
  );

  it('takes no form that is too large', async () => {
    const body = `email=a%40example.com&x=${'x'.repeat(17_000)}`;
    expect((await app.request('POST', '/admin/users', { ...form, ...app.as(grace) }, body)).status).toBe(413);
    expect(pool.calls).toEqual([]);
  });
});

describe('without a pool to administer', () => {
  it('there is no such path, not even for administrators', async () => {
    const off = await RunningApp.start(undefined, undefined, { userPool: pool });
    for (const [method, path] of [
      ['GET', '/admin/users'],
      ['POST', '/admin/users'],
      ['GET', `/admin/users/${ada.subject}`],
      ['POST', `/admin/users/${ada.subject}/disable`],
    ] as const) {
      expect((await off.request(method, path, { ...form, ...off.as(grace) })).status).toBe(404);
    }
    expect((await off.get('/admin', { ...browser, ...off.as(grace) })).body).not.toContain('/admin/users');
    await off.nest.close();
  });
});
