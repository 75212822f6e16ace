import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { DRAIN, type Drain } from '../http/drain.ts';
import { RunningApp } from '../testdata/running-app.ts';

let app: RunningApp;
beforeEach(async () => {
  app = await RunningApp.start();
});
afterEach(() => app.nest.close());

describe('the health checks', () => {
  it('answer without a user and without data, as the load balancer asks', async () => {
    const headers = { host: '10.0.1.23:3000', 'user-agent': 'ELB-HealthChecker/2.0' };
    expect(await app.get('/health/live', headers)).toMatchObject({ status: 200, body: '{"status":"live"}' });
    expect(await app.get('/health/ready', headers)).toMatchObject({ status: 200, body: '{"status":"ready"}' });
    expect(app.login.fetched).toEqual([]);
  });

  it('are not ready any more, but alive, once the application was told to stop', async () => {
    app.nest.get<Drain>(DRAIN).begin();
    const { status, headers, body } = await app.get('/health/ready');
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('5');
    expect(JSON.parse(body)).toEqual({ code: 'CLOSING', statusCode: 503 });
    expect((await app.get('/health/live')).status).toBe(200);
  });
});
