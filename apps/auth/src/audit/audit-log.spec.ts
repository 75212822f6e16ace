import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { ada, browser, RunningApp, settings } from '../testdata/running-app.ts';

const ROOT = '1-67891233-abcdef012345678912345678';

let app: RunningApp;
beforeEach(async () => {
  app = await RunningApp.start();
});
afterEach(() => app.nest.close());

const asked = { ...browser, 'x-amzn-trace-id': `Root=${ROOT}`, 'x-forwarded-for': '203.0.113.7' };
const own = { ...asked, origin: settings.publicUrl };

describe('the audit log', () => {
  it('has one line for a change: who, what, to what, how it ended, and the id of its request', async () => {
    await app.request('POST', '/logout', { ...own, ...app.as(ada) });
    expect(app.logged('audit')).toEqual([
      {
        time: expect.any(String),
        level: 'info',
        msg: 'audit',
        requestId: ROOT,
        ip: '203.0.113.7',
        action: 'session.end',
        outcome: 'done',
        issuer: settings.cognitoIssuer,
        subject: ada.subject,
        target: `user:${ada.subject}`,
      },
    ]);
    expect(app.logged('request').at(-1)).toMatchObject({ requestId: ROOT, route: '/logout', path: '/logout' });
  });

  it('has one for a change that was refused, with the reason', async () => {
    await app.request('POST', '/logout', { ...asked, origin: 'https://evil.example', ...app.as(ada) });
    expect(app.logged('audit')).toEqual([
      expect.objectContaining({ requestId: ROOT, action: 'session.end', outcome: 'refused', code: 'ORIGIN_REFUSED' }),
    ]);
  });

  it('has none for what changes nothing: no session to end, a question, a page, a refused page', async () => {
    await app.request('POST', '/logout', own);
    await app.request('POST', '/logout', { ...own, 'x-amzn-oidc-data': 'rubbish' });
    await app.get('/logout', { ...asked, ...app.as(ada) });
    await app.get('/', { ...asked, ...app.as(ada) });
    await app.get('/admin', { ...asked, ...app.as(ada) });
    await app.get('/%zz', asked);
    await app.request('OPTIONS', '*', asked);
    expect(app.logged('audit')).toEqual([]);
  });

  it('has one for a session, not one for each time that somebody wants to end it', async () => {
    const session = app.as(ada);
    await app.request('POST', '/logout', { ...own, ...session });
    await app.request('POST', '/logout', { ...own, ...session });
    expect(app.logged('audit')).toHaveLength(1);
  });
});
