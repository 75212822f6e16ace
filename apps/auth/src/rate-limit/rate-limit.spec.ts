import { afterEach, describe, expect, it } from '@jest/globals';

import { ada, bearerClientId, browser, grace, RunningApp, settings } from '../testdata/running-app.ts';

let app: RunningApp;
let now: Date;
afterEach(() => app.nest.close());

/** Limits of three requests for a user and five for an address. */
async function start(): Promise<void> {
  now = new Date();
  now.setSeconds(1, 0);
  app = await RunningApp.start(undefined, () => now, {
    settings: { requestsPerMinute: 3, publicRequestsPerMinute: 5 },
  });
}

async function statuses(
  times: number,
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<readonly number[]> {
  const answered: number[] = [];
  for (let time = 0; time < times; time++) answered.push((await app.get(url, headers)).status);
  return answered;
}

const from = (address: string): Readonly<Record<string, string>> => ({ 'x-forwarded-for': address });

describe('a user', () => {
  it('is refused beyond the limit, with a code and the time to wait, and admitted again after it', async () => {
    await start();
    expect(await statuses(3, '/api/me', app.as(ada))).toEqual([200, 200, 200]);
    const { status, headers, body } = await app.get('/', app.as(ada));
    expect([status, JSON.parse(body)]).toEqual([429, { code: 'RATE_LIMITED', statusCode: 429 }]);
    const wait = Number(headers['retry-after']);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(120);
    expect(app.logged('request').at(-1)).toMatchObject({ status: 429, code: 'RATE_LIMITED', subject: ada.subject });

    const page = await app.get('/', { ...browser, ...app.as(ada) });
    expect(page.body).toContain('429 RATE_LIMITED');
    now = new Date(now.getTime() + wait * 1000);
    expect((await app.get('/api/me', app.as(ada))).status).toBe(200);
  });

  it('shares no limit with others behind the same address', async () => {
    await start();
    expect(await statuses(4, '/api/me', { ...app.as(ada), ...from('203.0.113.7') })).toEqual([200, 200, 200, 429]);
    expect(await statuses(4, '/api/me', { ...app.as(grace), ...from('203.0.113.7') })).toEqual([200, 200, 200, 429]);
  });

  it('gets no second limit from another address, nor from another credential', async () => {
    await start();
    expect(await statuses(3, '/api/me', { ...app.as(ada), ...from('203.0.113.7') })).toEqual([200, 200, 200]);
    expect((await app.get('/api/me', { ...app.as(ada), ...from('203.0.113.8') })).status).toBe(429);
    const authorization = `Bearer ${app.login.accessTokenOf(ada, bearerClientId)}`;
    expect((await app.get('/api/me', { authorization })).status).toBe(429);
  });

  it('cannot be robbed of it by headers that only name them', async () => {
    await start();
    const forged = {
      ...app.as(ada),
      'x-amzn-oidc-data': `${app.as(ada)['x-amzn-oidc-data']?.slice(0, -8)}AAAAAA==`,
    };
    expect(await statuses(10, '/api/me', forged)).toEqual(Array<number>(10).fill(401));
    expect(await statuses(10, '/api/me', { 'x-amzn-oidc-identity': ada.subject })).toEqual(Array<number>(10).fill(401));
    expect(await statuses(3, '/api/me', app.as(ada))).toEqual([200, 200, 200]);
  });
});

describe('a public route', () => {
  it('is limited by the address that the load balancer saw, not by one that the client invents', async () => {
    await start();
    expect(await statuses(5, '/logged-out', from('198.51.100.1, 203.0.113.7'))).toEqual(Array<number>(5).fill(200));
    expect((await app.get('/logged-out', from('198.51.100.2, 203.0.113.7'))).status).toBe(429);
    expect((await app.get('/logged-out', from('203.0.113.7, 203.0.113.8'))).status).toBe(200);
    expect(await statuses(3, '/api/me', { ...app.as(ada), ...from('203.0.113.7') })).toEqual([200, 200, 200]);
  });

  it('takes a network of IPv6 for one, and what is no address for the peer', async () => {
    await start();
    for (let host = 1; host <= 5; host++) await app.get('/logged-out', from(`2001:db8::${host}`));
    expect((await app.get('/logged-out', from('2001:db8::6'))).status).toBe(429);
    for (let name = 1; name <= 5; name++) await app.get('/logged-out', from(`name-${name}`));
    expect((await app.get('/logged-out', from('name-6'))).status).toBe(429);
  });

  it('is not limited where the load balancer asks for the health', async () => {
    await start();
    expect(await statuses(20, '/health/ready', from('10.0.0.1'))).toEqual(Array<number>(20).fill(200));
  });

  it('refuses a sign-out beyond it, which is written down as refused', async () => {
    await start();
    const origin = { origin: settings.publicUrl };
    await statuses(5, '/logged-out', {});
    expect((await app.request('POST', '/logout', { ...origin, ...app.as(ada) })).status).toBe(429);
    expect(app.logged('audit')).toEqual([expect.objectContaining({ outcome: 'refused', code: 'RATE_LIMITED' })]);
  });
});
