import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ada, browser, grace, RunningApp, settings } from '../testdata/running-app.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await RunningApp.start();
});
afterAll(() => app.nest.close());

describe('GET /admin', () => {
  it('admits a member of admins, and shows whom the application trusts', async () => {
    const { status, body } = await app.get('/admin', { ...browser, ...app.as(grace) });
    expect(status).toBe(200);
    expect(body).toContain('<a href="/admin" aria-current="page">');
    for (const value of [settings.albArn, settings.cognitoIssuer, settings.cognitoClientId, '60 min']) {
      expect(body).toContain(value);
    }
  });

  it('refuses everybody else, with a page or with data', async () => {
    const page = await app.get('/admin', { ...browser, ...app.as(ada) });
    expect(page.status).toBe(403);
    expect(page.body).toContain('This page is not open to your account');
    expect(page.body).toContain('403 GROUP_REQUIRED');
    expect(page.body).not.toContain(settings.albArn);

    const data = await app.get('/admin', app.as(ada));
    expect(JSON.parse(data.body)).toEqual({ code: 'GROUP_REQUIRED', statusCode: 403 });
  });

  it.each(['Admins', 'admin', 'admins,users', ' admins'])('is not impressed by a group %j', async (group) => {
    expect((await app.get('/admin', app.as({ ...ada, groups: [group] }))).status).toBe(403);
  });

  it('does not believe groups that the load balancer, and not the access token, speaks of', async () => {
    const user = { ...ada, claims: { ...ada.claims, 'cognito:groups': ['admins'], groups: ['admins'] } };
    expect((await app.get('/admin', app.as(user))).status).toBe(403);
  });
});
