import { readLoadBalancers } from '@gatehouse/listener';
import { afterEach, describe, expect, it } from '@jest/globals';

import { type Echo, type FakeTarget, startFakeTarget } from './testdata/fake-target.ts';
import { rawStatus, sendRaw } from './testdata/raw-client.ts';
import { type Rig, startRig } from './testdata/rig.ts';
import { until } from './testdata/until.ts';

const albArn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/0123456789abcdef';
const groupArn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef';

/** As it is written; a plan and a state have the blocks as lists, and each argument. */
const settings = {
  loadBalancer: {
    name: 'shop',
    idle_timeout: 1,
    desync_mitigation_mode: 'strictest',
    drop_invalid_header_fields: true,
    enable_xff_client_port: true,
  },
  group: {
    name: 'web',
    port: 3000,
    protocol: 'HTTP',
    health_check: { path: '/health/ready', interval: 5, healthy_threshold: 2, unhealthy_threshold: 2, matcher: '204' },
    stickiness: { type: 'lb_cookie', enabled: true, cookie_duration: 60 },
    deregistration_delay: '1',
  },
};

const synthesized = {
  resource: {
    aws_lb: { shop: { ...settings.loadBalancer, arn: albArn } },
    aws_lb_target_group: { web: { ...settings.group, arn: groupArn } },
    aws_lb_listener: {
      http: {
        load_balancer_arn: albArn,
        port: 80,
        protocol: 'HTTP',
        default_action: { type: 'forward', target_group_arn: groupArn },
      },
    },
  },
};

const listOf = (value: unknown): unknown => (typeof value === 'object' ? [value] : value);
const resource = (type: string, name: string, values: Readonly<Record<string, unknown>>) => ({
  address: `${type}.${name}`,
  mode: 'managed',
  type,
  name,
  provider_name: 'registry.terraform.io/hashicorp/aws',
  schema_version: 0,
  values: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, listOf(value)])),
});
type Bodies = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const resources = Object.entries(synthesized.resource as Readonly<Record<string, Bodies>>).flatMap(([type, named]) =>
  Object.entries(named).map(([name, values]) => resource(type, name, values)),
);

describe.each([
  ['synthesized configuration', synthesized],
  [
    'a state as terraform shows it',
    { format_version: '1.0', terraform_version: '1.12.0', values: { root_module: { resources } } },
  ],
  [
    'a plan as terraform shows it',
    {
      format_version: '1.2',
      terraform_version: '1.12.0',
      planned_values: { root_module: { resources } },
      resource_changes: [],
    },
  ],
])('what %s sets', (_, document) => {
  let rig: Rig;
  let other: FakeTarget;
  afterEach(() => Promise.all([rig.stop(), other.close()]));

  it('is what runs', async () => {
    const [read] = readLoadBalancers(document);
    if (read === undefined) throw new Error('there is no load balancer');
    const listeners = read.listeners.map((listener) => ({ ...listener, port: 0 }));
    // A plan knows its target groups by their addresses.
    const arn = read.targetGroups[0]?.arn ?? '';
    other = await startFakeTarget();
    rig = await startRig({ ...read, listeners }, { resolveTarget: () => undefined });
    const asked: (string | undefined)[] = [];
    for (const target of [rig.target, other]) {
      target.handler = (request, response) => {
        asked.push(request.url);
        if (request.url === '/health/ready') response.writeHead(204).end();
        else if (request.url !== '/silent') response.end(JSON.stringify({ headers: request.headers }));
      };
      rig.alb.registerTarget(arn, target.url);
    }
    await until(() => rig.alb.targetHealth(arn).every(({ state }) => state === 'healthy'));
    expect(asked).toEqual(['/health/ready', '/health/ready']);

    const first = await rig.fetch('/', { headers: { x_under: 'x' } });
    const { headers } = JSON.parse(first.body) as Echo;
    expect(headers).not.toHaveProperty('x_under');
    expect(headers['x-forwarded-for']).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(first.setCookies.join()).toContain('AWSALB=');
    const ambiguous = 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx';
    expect(rawStatus(await sendRaw(rig.origin, ambiguous))).toBe(400);

    const silent = rig.fetch('/silent');
    await until(() => asked.includes('/silent'));
    const busy = rig.alb.targetHealth(arn).find(({ outstanding }) => outstanding > 0);
    const begun = performance.now();
    const drained = rig.alb.deregisterTarget(arn, new URL(busy?.url ?? ''));
    expect((await silent).status).toBeGreaterThanOrEqual(502);
    await drained;
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});
