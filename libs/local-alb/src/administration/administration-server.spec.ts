import { readFile, stat } from 'node:fs/promises';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { startFakeTarget } from '../testdata/fake-target.ts';
import { type Rig, startRig } from '../testdata/rig.ts';
import { until } from '../testdata/until.ts';

describe('the administration port', () => {
  let rig: Rig;
  let token: string;
  beforeEach(async () => {
    rig = await startRig(undefined, { administrationPort: 0 });
    token = await readFile(rig.alb.administration?.tokenFile ?? '', 'utf8');
  });
  afterEach(() => rig.stop());

  const call = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
    const response = await fetch(`${rig.alb.administration?.url}${path}`, {
      method,
      headers: headers ?? { Authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  };

  it("wants its token, which is its owner's alone", async () => {
    expect((await stat(rig.alb.administration?.tokenFile ?? '')).mode & 0o777).toBe(0o600);
    for (const headers of [
      {},
      { Authorization: 'Bearer ' },
      { Authorization: token },
      { Authorization: `Bearer ${token}x` },
    ]) {
      const { status, body } = await call('PUT', '/faults', { target: 'down' }, headers);
      expect(status).toBe(401);
      expect(JSON.stringify(body)).not.toContain(token);
    }
    expect(rig.alb.faults).toEqual({});
  });

  it('plays and mends faults, each by one call [G11.1 D, G11.2 D, G11.3 D, G11.4 D, G11.5 D, G11.6 D]', async () => {
    for (const faults of [
      { userPool: 'down' },
      { userPool: 'failing' },
      { userPool: { slowMilliseconds: 100 } },
      { signingKey: 'wrong' },
      { clockSkewSeconds: -90 },
      { claims: 'oversized' },
      { sessions: 'expired' },
      { target: 'down' },
      { target: { slowMilliseconds: 5 } },
      { webAcl: 'block' },
    ]) {
      expect(await call('PUT', '/faults', faults)).toEqual({ status: 200, body: faults });
      expect(rig.alb.faults).toEqual(faults);
    }
    expect(await call('DELETE', '/faults')).toEqual({ status: 200, body: {} });
    expect(await call('GET', '/faults')).toEqual({ status: 200, body: {} });
  });

  it.each([
    ['nothing', '', 'not a JSON object'],
    ['no JSON', '{', 'not a JSON object'],
    ['a list', [], 'not a JSON object'],
    ['a fault that is not known', { targets: 'down' }, 'no such fault'],
    ['what a fault cannot be', { userPool: 'sleepy' }, 'userPool has to be "down"'],
    ['a time without end', { target: { slowMilliseconds: 1e9 } }, 'target has to be'],
    ['half a second', { clockSkewSeconds: 0.5 }, 'clockSkewSeconds has to be'],
  ])('refuses %s, and leaves everything as it was', async (_, body, message) => {
    const answer = await call('PUT', '/faults', body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body).replaceAll('\\', '')).toContain(message);
    expect(rig.alb.faults).toEqual({});
  });

  it('registers and deregisters targets', async () => {
    const target = await startFakeTarget();
    const change = { targetGroup: 'arn:tg', url: target.url.href };
    expect((await call('POST', '/targets', change)).status).toBe(202);
    await until(() => rig.alb.targetHealth('arn:tg')[0]?.state === 'healthy');
    expect((await call('GET', '/targets')).body).toEqual({
      'arn:tg': [{ url: target.url.origin, state: 'healthy', outstanding: 0 }],
    });
    expect((await call('DELETE', '/targets', change)).status).toBe(202);
    await until(() => rig.alb.targetHealth('arn:tg').length === 0);
    for (const wrong of [
      {},
      { targetGroup: 'arn:tg', url: 'file:///etc/passwd' },
      { targetGroup: 'arn:tg', url: 'x' },
    ]) {
      expect((await call('POST', '/targets', wrong)).status).toBe(400);
    }
    await target.close();
  });

  it('gives the counts, and nothing of the state folder', async () => {
    await rig.fetch('/');
    expect((await call('GET', '/counts')).body).toMatchObject({ RequestCount: 1 });
    for (const path of ['/', '/session.key', '/../session.key', '/%2e%2e/session.key', '/faults/', '/counts?x']) {
      expect((await call('GET', path)).status).toBe(404);
    }
    expect((await call('POST', '/targets', 'x'.repeat(20_000))).status).toBe(413);
  });
});
