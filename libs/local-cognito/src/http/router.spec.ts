import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { send } from '../testdata/browser.ts';
import { ada, authorizeQuery, RunningPool } from '../testdata/running-pool.ts';

const login = `/login?${authorizeQuery()}`;

describe('the router', () => {
  let running: RunningPool;
  beforeAll(async () => {
    running = await RunningPool.start();
  });
  afterAll(() => running.close());

  it('serves the stylesheet and the icon that the pages name, to be kept', async () => {
    const { body } = await running.browser().get(login);
    const [icon = '', css = ''] = [...body.matchAll(/<link [^>]*href="([^"]+)"/g)].map(([, href]) => href);
    const answers = [await running.browser().get(css), await running.browser().get(icon)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers.map(({ headers }) => headers['content-type'])).toEqual(['text/css; charset=utf-8', 'image/svg+xml']);
    expect(answers[0]?.headers['cache-control']).toMatch(/immutable/);
  });

  it.each(['/', '/assets/../users.json', '/not-used/authorize', '/login/', '/us-east-1_Other/.well-known/jwks.json'])(
    'has nothing at %s',
    async (path) => {
      const answer = await send(`${running.pool.publicUrl}${path}`, { ca: running.ca });
      expect(answer.status).toBe(404);
      expect(answer.body).toContain('not_found');
    },
  );

  it.each([
    ['POST', '/logout?client_id=albclient', 'GET'],
    ['DELETE', login, 'GET, POST'],
    ['POST', '/oauth2/authorize', 'GET'],
    ['GET', '/oauth2/token', 'POST, OPTIONS'],
    ['DELETE', '/oauth2/userInfo', 'GET, POST, OPTIONS'],
  ])('does not answer %s %s', async (method, path, allow) => {
    const answer = await send(`${running.pool.publicUrl}${path}`, { method, ca: running.ca });
    expect([answer.status, answer.headers.allow]).toEqual([405, allow]);
  });

  it('answers HEAD with the headers of GET', async () => {
    const answer = await send(`${running.pool.publicUrl}${login}`, { method: 'HEAD', ca: running.ca });
    expect([answer.status, answer.body]).toEqual([200, '']);
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(500);
  });

  it('reads no form without end, and nothing that is no form', async () => {
    const large = await running.browser().post(login, { username: 'x'.repeat(200_000) });
    expect([large.status, large.headers.connection]).toEqual([400, 'close']);
    const json = await running.browser().post(login, ada, { 'content-type': 'application/json' });
    expect(json.status).toBe(400);
  });
});
