import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ada, bearerClientId, browser, grace, RunningApp } from '../testdata/running-app.ts';

let app: RunningApp;
/** Ahead of the real clock, by which tokens are verified: the tests' logins are a minute old. */
let aheadSeconds = 0;
beforeAll(async () => {
  app = await RunningApp.start(undefined, () => new Date(Date.now() + aheadSeconds * 1000));
});
afterAll(() => app.nest.close());

describe('GET /', () => {
  it('shows who is signed in, the groups, when the session ends, and the way out', async () => {
    const { status, headers, body } = await app.get('/', { ...browser, ...app.as(ada) });
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toContain('<h1 id="holder">Ada Lovelace</h1>');
    expect(body).toContain('ada@example.com');
    expect(body).toContain('verified e-mail');
    expect(body).toMatch(/<dt>Username<\/dt><dd>ada<\/dd>/);
    expect(body).toContain('<li class="chip">users</li>');
    expect(body).toMatch(/Session ends at about<\/dt><dd><time datetime="[^"]+">[^<]+ UTC<\/time><small>in 59 minutes/);
    expect(body).toMatch(/<form method="post" action="\/logout"><button[^>]*>Sign out<\/button><\/form>/);
  });

  it('promises only the latest moment for a session that outlived its login', async () => {
    aheadSeconds = 3600;
    const { body } = await app.get('/', { ...browser, ...app.as(ada) });
    aheadSeconds = 0;
    expect(body).toMatch(/Session ends at the latest at<\/dt>.+<small>in 60 minutes/);
  });

  it('offers the administration to admins only', async () => {
    const link = '<a href="/admin">';
    expect((await app.get('/', app.as(ada))).body).not.toContain(link);
    expect((await app.get('/', app.as(grace))).body).toContain(link);
  });

  it('does with whatever the pool knows of a user', async () => {
    const { body } = await app.get('/', app.as({ subject: ada.subject, username: 'a1' }));
    expect(body).toContain('<h1 id="holder">a1</h1>');
    expect(body).toContain('<dt>Groups</dt><dd>None</dd>');
    expect(body).not.toContain('e-mail');
  });

  it('says that an e-mail address is not verified when the load balancer says "false"', async () => {
    const { body } = await app.get(
      '/',
      app.as({ ...ada, claims: { email: 'x@example.com', email_verified: 'false' } }),
    );
    expect(body).toContain('e-mail not verified');
  });

  it('speaks of no session to a bearer token', async () => {
    const authorization = `Bearer ${app.login.accessTokenOf(ada, bearerClientId)}`;
    const { status, body } = await app.get('/', { authorization });
    expect(status).toBe(200);
    expect(body).not.toContain('Session ends');
    expect(body).not.toContain('load balancer');
  });

  it('escapes whatever a user may call themselves', async () => {
    const hostile = `<script>alert(1)</script>"'&<img src=x onerror=alert(1)>`;
    const { body } = await app.get(
      '/',
      app.as({ subject: ada.subject, username: hostile, groups: [hostile], claims: { name: hostile, email: hostile } }),
    );
    expect(body).toContain('&lt;script>alert(1)&lt;/script>');
    expect(body).not.toContain('<script');
    expect(body).not.toContain('<img');
  });
});
