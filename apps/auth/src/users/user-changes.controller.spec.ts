import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { userPoolId } from '../testdata/environment.ts';
import { MemoryPool } from '../testdata/memory-pool.ts';
import { ada, browser, grace, type Reply, RunningApp, settings } from '../testdata/running-app.ts';

const form = { ...browser, origin: settings.publicUrl, 'content-type': 'application/x-www-form-urlencoded' };
const known = { emailVerified: true, enabled: true, status: 'CONFIRMED' } as const;

let pool: MemoryPool;
let app: RunningApp;
beforeEach(async () => {
  pool = new MemoryPool();
  for (const { subject, claims } of [ada, grace]) {
    pool.users.push({ ...known, username: subject, subject, email: String(claims?.['email']) });
  }
  app = await RunningApp.start(undefined, undefined, { settings: { userPoolId }, userPool: pool });
});
afterEach(() => app.nest.close());

const change = (
  user: string,
  path: string,
  body = '',
  headers: Readonly<Record<string, string>> = form,
): Promise<Reply> =>
  app.request('POST', `/admin/users/${encodeURIComponent(user)}/${path}`, { ...headers, ...app.as(grace) }, body);

describe('a change of a user', () => {
  it.each([
    ['enable', '', 'enabled', [ada.subject]],
    ['disable', '', 'disabled', [ada.subject]],
    ['reset-password', '', 'reset', [ada.subject]],
    ['sign-out', '', 'signedOut', [ada.subject]],
    ['invite-again', '', 'invited', ['ada@example.com']],
    ['join-group', 'group=admins', 'joined', [ada.subject, 'admins']],
    ['leave-group', 'group=users', 'left', [ada.subject, 'users']],
  ] as const)('%s is made, written down, and ends on their page', async (path, body, notice, call) => {
    const { status, headers } = await change(ada.subject, path, body);
    expect([status, headers['location']]).toEqual([303, `/admin/users/${ada.subject}?done=${notice}`]);
    expect(pool.calls).toEqual([[path, ...call]]);
    const group = call[1] === undefined ? {} : { group: call[1] };
    expect(app.logged('audit')).toEqual([
      {
        time: expect.any(String),
        level: 'info',
        msg: 'audit',
        requestId: expect.any(String),
        ip: '127.0.0.1',
        action: `user.${path}`,
        outcome: 'done',
        issuer: settings.cognitoIssuer,
        subject: grace.subject,
        target: `user:${ada.subject}`,
        ...group,
      },
    ]);
    expect(app.lines.join('')).not.toContain('ada@');
  });

  it.each(['disable', 'sign-out'])('%s ends their sessions here, and nobody else’s', async (path) => {
    const session = app.as(ada);
    expect((await app.get('/api/me', session)).status).toBe(200);
    await change(ada.subject, path);
    const { status, body } = await app.get('/api/me', session);
    expect([status, JSON.parse(body)]).toEqual([401, { code: 'SESSION_ENDED', statusCode: 401 }]);
    expect((await app.get('/api/me', app.as(grace))).status).toBe(200);
  });

  it('that the pool refuses ends no session, and is written down with whom it was about', async () => {
    const session = app.as(ada);
    pool.refusal = 'USER_POOL_UNAVAILABLE';
    expect((await change(ada.subject, 'disable')).status).toBe(503);
    expect((await app.get('/api/me', session)).status).toBe(200);
    expect(app.logged('audit')).toEqual([
      expect.objectContaining({
        outcome: 'failed',
        code: 'USER_POOL_UNAVAILABLE',
        subject: grace.subject,
        target: `user:${ada.subject}`,
      }),
    ]);
  });

  it.each([
    ['disable', '', grace.subject],
    ['disable', '', 'grace@example.com'],
    ['leave-group', 'group=admins', grace.subject],
    ['leave-group', 'group=admins', 'grace@example.com'],
  ])('%s %s does not lock out who makes it, by whatever name', async (path, body, name) => {
    expect((await change(name, path, body)).status).toBe(409);
    expect(pool.calls).toEqual([]);
    expect(app.logged('audit')).toEqual([
      expect.objectContaining({ outcome: 'refused', code: 'OWN_ACCOUNT', target: `user:${grace.subject}` }),
    ]);
  });

  it('names no group but one', async () => {
    for (const body of ['', 'group=', 'group=a&group=b', 'group=a%20b', 'group[]=admins']) {
      expect((await change(ada.subject, 'join-group', body)).status).toBe(400);
    }
    expect((await change(ada.subject, 'join-group', '__proto__=x&group=admins')).status).toBe(400);
    expect(pool.calls).toEqual([]);
  });

  it('is of a user that there is', async () => {
    for (const name of ['nobody', 'a b', 'a\0', '../x', 'x'.repeat(129)]) {
      expect((await change(name, 'disable')).status).toBe(404);
    }
    expect(pool.calls).toEqual([]);
  });
});

describe('what is no form of these pages', () => {
  it.each<[string, Readonly<Record<string, string>>, string, number]>([
    ['another origin', { ...form, origin: 'https://evil.example' }, '', 403],
    ['an opaque origin', { ...form, origin: 'null' }, '', 403],
    ['no origin', { 'content-type': 'application/x-www-form-urlencoded' }, '', 403],
    ['another site', { ...form, 'sec-fetch-site': 'cross-site' }, '', 403],
    ['JSON', { ...form, 'content-type': 'application/json' }, '{"group":"admins"}', 415],
    ['plain text', { ...form, 'content-type': 'text/plain' }, 'group=admins', 415],
    ['a file', { ...form, 'content-type': 'multipart/form-data; boundary=x' }, '--x--', 415],
  ])('%s changes nothing', async (_, headers, body, status) => {
    for (const path of ['join-group', 'disable']) {
      expect((await change(ada.subject, path, body, headers)).status).toBe(status);
    }
    expect((await app.request('POST', '/admin/users', { ...headers, ...app.as(grace) }, body)).status).toBe(status);
    expect(pool.calls).toEqual([]);
  });

  it('a GET, as a login in between makes of a POST, leads to the page and changes nothing', async () => {
    const { status, headers } = await app.get(`/admin/users/${ada.subject}/disable`, app.as(grace));
    expect([status, headers['location']]).toEqual([303, `/admin/users/${ada.subject}?done=nothing`]);
    const { body } = await app.get(String(headers['location']), { ...browser, ...app.as(grace) });
    expect(body).toContain('Nothing was changed: you had to sign in first.');
    for (const method of ['PUT', 'PATCH', 'DELETE'] as const) {
      const path = `/admin/users/${ada.subject}`;
      expect((await app.request(method, path, { ...form, ...app.as(grace) })).status).toBe(404);
    }
    expect(pool.calls).toEqual([]);
  });
});
