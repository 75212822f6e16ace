import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ada, browser, localLogin, RunningApp } from '../testdata/running-app.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await RunningApp.start();
});
afterAll(() => app.nest.close());

describe('an error', () => {
  it('is a page for a browser', async () => {
    const { status, headers, body } = await app.get('/nowhere', { ...browser, ...app.as(ada) });
    expect(status).toBe(404);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['vary']).toBe('accept');
    expect(body).toContain('There is no such page');
    expect(body).toContain('404 NOT_FOUND');
  });

  it('is data for everybody else', async () => {
    const { status, headers, body } = await app.get('/nowhere', app.as(ada));
    expect(status).toBe(404);
    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(JSON.parse(body)).toEqual({ code: 'NOT_FOUND', statusCode: 404 });
  });

  it('offers a stranger to try again or to sign out, and repeats nothing of the request', async () => {
    const { status, body } = await app.get('/<b>nowhere', { ...browser, 'x-amzn-oidc-data': 'rubbish' });
    expect(status).toBe(401);
    expect(body).toContain('We could not verify who you are');
    expect(body).toContain('<form method="post" action="/logout">');
    expect(body).not.toContain('nowhere');
    expect(body).not.toContain('rubbish');
  });

  it('of a malformed URL is one of the request, answered by the router', async () => {
    expect((await app.get('/%zz', app.as(ada))).status).toBe(400);
  });

  it('of a key host that is down is not the fault of the user', async () => {
    const down = Object.assign(localLogin(), { fetch: () => Promise.reject(new Error('connect ECONNREFUSED')) });
    const cutOff = await RunningApp.start(down);
    try {
      const { status, headers: answered, body } = await cutOff.get('/', { ...browser, ...down.signAs(ada) });
      expect(status).toBe(503);
      expect(answered['retry-after']).toBe('5');
      expect(body).toContain('Please try again in a moment');
      expect(body).not.toContain('ECONNREFUSED');
    } finally {
      await cutOff.nest.close();
    }
  });
});
