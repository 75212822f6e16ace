import { once } from 'node:events';

import { type Action, type ServerTargetGroup } from '@gatehouse/listener';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type LocalAlbOptions } from './options.ts';
import { openRequest } from './testdata/client.ts';
import { type FakeTarget, startFakeTarget } from './testdata/fake-target.ts';
import { forwardAction, httpListener, loadBalancer, rule } from './testdata/load-balancer.ts';
import { type Rig, startRig } from './testdata/rig.ts';
import { until } from './testdata/until.ts';

const quick = {
  path: '/health',
  intervalSeconds: 0.02,
  timeoutSeconds: 1,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
  matcher: '200',
};

describe('the targets of a group', () => {
  let rig: Rig;
  let one: FakeTarget;
  let two: FakeTarget;
  let checks: { readonly headers: Readonly<Record<string, unknown>>; readonly url: string | undefined }[];
  let health: Record<'one' | 'two', number>;

  beforeEach(async () => {
    [one, two] = await Promise.all([startFakeTarget(), startFakeTarget()]);
    checks = [];
    health = { one: 200, two: 200 };
    for (const [name, target] of [
      ['one', one],
      ['two', two],
    ] as const) {
      target.handler = (request, response) => {
        if (request.url === '/health') {
          checks.push({ headers: request.headers, url: request.url });
          response.writeHead(health[name]).end();
        } else response.end(name);
      };
    }
  });
  afterEach(() => Promise.all([rig.stop(), one.close(), two.close()]));

  const start = async (
    settings: Partial<ServerTargetGroup> = {},
    action: Action = forwardAction,
    changes: Partial<LocalAlbOptions> = {},
  ): Promise<void> => {
    rig = await startRig(
      loadBalancer([httpListener(rule('default', [action]))], {
        targetGroups: ['arn:tg', 'arn:other'].map((arn) => ({
          address: arn,
          arn,
          name: arn,
          port: 1,
          protocol: 'HTTP',
          healthCheck: quick,
          ...settings,
        })),
      }),
      { resolveTarget: () => undefined, ...changes },
    );
  };
  const states = (): readonly string[] => rig.alb.targetHealth('arn:tg').map(({ state }) => state);
  const register = async (...targets: readonly FakeTarget[]): Promise<void> => {
    for (const target of targets) rig.alb.registerTarget('arn:tg', target.url);
    await until(() => states().every((state) => state === 'healthy'));
  };
  const bodies = async (count: number): Promise<readonly string[]> => {
    const given: string[] = [];
    for (let turn = 0; turn < count; turn++) given.push((await rig.fetch('/')).body);
    return given;
  };

  it('take turns [A4.23 D, B8.14 D]', async () => {
    await start();
    expect((await rig.fetch('/')).status).toBe(503);
    await register(one, two);
    rig.alb.registerTarget('arn:tg', one.url);
    expect(rig.alb.targetHealth('arn:tg')).toHaveLength(2);
    expect((await bodies(4)).toSorted()).toEqual(['one', 'one', 'two', 'two']);
  });

  it('are checked directly, without rule, login or log [A4.18 D]', async () => {
    const lines: string[] = [];
    await start(
      {},
      { type: 'fixed-response', statusCode: 404, contentType: 'text/plain', messageBody: '' },
      { accessLog: (line) => lines.push(line) },
    );
    await register(one);
    expect(checks[0]).toMatchObject({
      url: '/health',
      headers: { host: one.url.host, 'user-agent': 'ELB-HealthChecker/2.0' },
    });
    expect(Object.keys(checks[0]?.headers ?? {}).filter((name) => name.startsWith('x-'))).toEqual([]);
    expect([lines, rig.events]).toEqual([[], []]);
  });

  it('get nothing while they are unhealthy, and everything when none is healthy [A4.19 D, A4.21 D, B9.10 D]', async () => {
    await start();
    await register(one, two);
    health.two = 500;
    await until(() => states()[1] === 'unhealthy');
    expect(rig.alb.counts).toMatchObject({ HealthyHostCount: 1, UnHealthyHostCount: 1 });
    expect(await bodies(3)).toEqual(['one', 'one', 'one']);
    health.one = 500;
    await until(() => states()[0] === 'unhealthy');
    expect(new Set(await bodies(4))).toEqual(new Set(['one', 'two']));
    health.two = 200;
    await until(() => states()[1] === 'healthy');
    expect(await bodies(2)).toEqual(['two', 'two']);
  });

  it('get no new request once they are taken out, and finish those they have [A4.22 D]', async () => {
    await start();
    await register(one);
    let finish: () => void = () => undefined;
    one.handler = (request, response) => {
      if (request.url === '/health') return void response.end();
      finish = () => response.end(' and the end');
      response.write('begun');
    };
    const slow = await openRequest(`${rig.origin}/`);
    await register(two);
    let drained = false;
    const draining = rig.alb.deregisterTarget('arn:tg', one.url).then(() => (drained = true));
    expect(states()).toEqual(['draining', 'healthy']);
    expect(await bodies(3)).toEqual(['two', 'two', 'two']);
    expect(drained).toBe(false);
    let text = '';
    slow.on('data', (chunk: Buffer) => (text += chunk.toString()));
    finish();
    await once(slow, 'end');
    await draining;
    expect(text).toBe('begun and the end');
    expect(states()).toEqual(['healthy']);
    await rig.alb.deregisterTarget('arn:tg', two.url);
    await rig.alb.deregisterTarget('arn:tg', two.url);
    expect((await rig.fetch('/')).status).toBe(503);
  });

  it('are cut off when the deregistration delay is over [A4.22 D]', async () => {
    await start({ deregistrationDelaySeconds: 0.05 });
    await register(one);
    one.handler = (request, response) => void (request.url === '/health' ? response.end() : response.write('begun'));
    const slow = await openRequest(`${rig.origin}/`);
    slow.resume();
    const broken = once(slow, 'error');
    await rig.alb.deregisterTarget('arn:tg', one.url);
    await broken;
    expect(states()).toEqual([]);
  });

  it('are chosen by who is least busy, where that is set [A4.23 D]', async () => {
    await start({ algorithm: 'least_outstanding_requests' });
    await register(one, two);
    one.handler = (request, response) => void (request.url === '/health' ? response.end() : response.write('busy'));
    two.handler = one.handler;
    const first = await openRequest(`${rig.origin}/`);
    const second = await openRequest(`${rig.origin}/`);
    expect(rig.alb.targetHealth('arn:tg').map(({ outstanding }) => outstanding)).toEqual([1, 1]);
    for (const incoming of [first, second]) incoming.on('error', () => undefined).destroy();
  });

  it('keep a client that has the cookie, while they may [A2.8 D]', async () => {
    await start({ stickinessSeconds: 60 });
    await register(one, two);
    const [first = ''] = await bodies(1);
    expect(rig.jar.names).toEqual(['AWSALB', 'AWSALBCORS']);
    expect(await bodies(3)).toEqual([first, first, first]);
    await rig.alb.deregisterTarget('arn:tg', (first === 'one' ? one : two).url);
    expect(await bodies(2)).not.toContain(first);
  });

  it('are those of the group that a client was given first [A2.7 D]', async () => {
    const weights = {
      type: 'forward',
      targetGroups: [
        { arn: 'arn:tg', weight: 1 },
        { arn: 'arn:other', weight: 1 },
      ],
    } as const;
    await start({}, { ...weights, stickinessSeconds: 60 });
    rig.alb.registerTarget('arn:tg', one.url);
    rig.alb.registerTarget('arn:other', two.url);
    const [first = ''] = await bodies(1);
    expect(rig.jar.names).toEqual(['AWSALBTG', 'AWSALBTGCORS']);
    expect(new Set(await bodies(12))).toEqual(new Set([first]));
  });
});
