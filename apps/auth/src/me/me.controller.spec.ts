import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ada, bearerClientId, browser, RunningApp, settings } from '../testdata/running-app.ts';
import { type Me } from './me.controller.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await RunningApp.start();
});
afterAll(() => app.nest.close());

describe('GET /api/me', () => {
  it('answers JSON, whatever is accepted, with what was verified and no more', async () => {
    const { status, headers, body } = await app.get('/api/me', { ...browser, ...app.as(ada) });
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^application\/json/);
    const me = JSON.parse(body) as Me;
    expect(me).toEqual({
      issuer: settings.cognitoIssuer,
      subject: ada.subject,
      username: 'ada',
      email: 'ada@example.com',
      emailVerified: true,
      name: 'Ada Lovelace',
      groups: ['users'],
      scopes: ['openid'],
      authenticatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
      via: 'alb',
      session: { endsAt: expect.any(String), certainty: 'about' },
    });
    expect(Date.parse(me.session?.endsAt ?? '') - Date.parse(me.authenticatedAt)).toBe(3600 * 1000);
  });

  it('speaks of no session to a bearer token', async () => {
    const authorization = `Bearer ${app.login.accessTokenOf(ada, bearerClientId)}`;
    const me = JSON.parse((await app.get('/api/me', { authorization })).body) as Me;
    expect(me.via).toBe('bearer');
    expect(me).not.toHaveProperty('session');
  });
});
