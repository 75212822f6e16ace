import { readLoadBalancers, type Transform } from '@gatehouse/listener';
import { afterEach, describe, expect, it } from '@jest/globals';

import { readAlbRequest } from './alb-request.ts';
import { rewrittenRequest } from './rewritten-request.ts';
import { type Echo } from './testdata/fake-target.ts';
import {
  attributes,
  authenticateAction,
  forwardAction,
  httpsListener,
  loadBalancer,
  loginRule,
  pathRule,
} from './testdata/load-balancer.ts';
import { type Rig, startRig } from './testdata/rig.ts';

const url = (regex: string, replace: string): Transform => ({ type: 'url-rewrite', regex, replace });
const host = (regex: string, replace: string): Transform => ({ type: 'host-header-rewrite', regex, replace });

const rewritten = (target: string, ...transforms: readonly Transform[]) => {
  const request = readAlbRequest({
    method: 'GET',
    url: target,
    rawHeaders: ['Host', 'Shop.example.com:8443'],
    scheme: 'https',
    listenerPort: 8443,
    sourceIp: '127.0.0.1',
    sourcePort: 1,
  });
  if (request === undefined) throw new Error('the request cannot be read');
  return rewrittenRequest(request, transforms);
};

describe('rewrittenRequest', () => {
  it('rewrites path and query as one text [A1.15 D, A1.16 U]', () => {
    expect(rewritten('/dp/B09?a=b', url('^/dp/([A-Z0-9]+)\\?(.*)$', '/product.php?id=$1&$2'))).toMatchObject({
      target: '/product.php?id=B09&a=b',
      path: '/product.php',
      query: 'id=B09&a=b',
      host: 'Shop.example.com',
    });
  });

  it('rewrites the host, and leaves the port [A1.15 D, A1.16 U]', () => {
    expect(rewritten('/', host('^shop\\.(.+)$', 'internal.$1'))).toMatchObject({
      host: 'internal.example.com',
      authority: 'internal.example.com:8443',
      target: '/',
    });
  });

  it('does both, and leaves what does not match [A1.15 D]', () => {
    const both = rewritten('/a', host('.*', 'internal'), url('^/b', '/c'));
    expect(both).toMatchObject({ host: 'internal', target: '/a' });
  });

  it.each([
    ['a group that there is not', url('^/(a)', '/$2')],
    ['an address without a slash', url('^/a', '')],
    ['a space in the address', url('^/a', '/x HTTP/1.1')],
    ['a line in the address', url('^/a', '/x\r\nX-Forged: 1')],
    ['an address that is too long', url('^/a', `/${'x'.repeat(1000)}`.repeat(17))],
    ['no host', host('.*', '')],
    ['a host with a port', host('.*', 'internal:80')],
    ['a line in the host', host('.*', 'internal\r\nX-Forged: 1')],
  ])('fails for %s [A1.17 U]', (_, transform) => {
    expect(rewritten('/a', transform)).toBeUndefined();
  });
});

describe('a rule that rewrites', () => {
  let rig: Rig;
  afterEach(() => rig.stop());

  const start = async (transforms: readonly Transform[], preserveHostHeader = false): Promise<void> => {
    const closed = { ...pathRule(2, '/closed*', authenticateAction, forwardAction), transforms };
    rig = await startRig(
      loadBalancer([httpsListener({ ...pathRule(1, '/open*', forwardAction), transforms }, closed, loginRule)], {
        attributes: { ...attributes, preserveHostHeader },
      }),
    );
  };
  const echo = async (path: string): Promise<Echo> => JSON.parse((await rig.fetch(path)).body) as Echo;

  it('is met by what the client asked for, and asks the target for something else [A1.15 D]', async () => {
    await start([url('^/open/(.*)$', '/closed/$1'), host('^app\\.', 'internal.')]);
    const { port } = new URL(rig.origin);
    expect(await echo('/open/x?y=z')).toMatchObject({
      url: '/closed/x?y=z',
      headers: { host: `internal.localhost:${port}` },
    });
    // Of a request that it does not match nothing changes.
    expect(await echo('/open')).toMatchObject({ url: '/open' });
    expect(rig.events.map(({ path }) => path)).toEqual(['/open/x', '/open']);
  });

  it('rewrites a host that is to be preserved too [A1.16 U]', async () => {
    await start([host('^app\\.', 'internal.')], true);
    expect((await echo('/open')).headers['host']).toBe(`internal.localhost:${new URL(rig.origin).port}`);
  });

  it('leaves the login as it is, and rewrites after it [A1.15 D]', async () => {
    await start([url('^/closed', '/inside')]);
    const begun = await rig.fetch('/closed/x');
    expect(begun.status).toBe(302);
    expect(begun.location.searchParams.get('redirect_uri')).toBe(`${rig.origin}/oauth2/idpresponse`);
    const callback = await rig.login('/closed/x');
    expect(callback.headers.location).toBe(`${rig.origin}/closed/x`);
    const answer = await echo('/closed/x');
    expect(answer.url).toBe('/inside/x');
    expect(answer.headers).toHaveProperty('x-amzn-oidc-data');
  });

  it('answers 500 where it fails, and asks no target [A1.15 D, A1.17 U]', async () => {
    await start([url('^/open/(.*)$', '/$2')]);
    const asked: unknown[] = [];
    rig.target.handler = (request, response) => void asked.push(request.url, response.end());
    expect((await rig.fetch('/open/x')).status).toBe(500);
    expect(asked).toEqual([]);
    expect(rig.events.at(-1)).toMatchObject({ status: 500, detail: 'a transform of the rule matched, and failed' });
  });

  it('cannot be made slow by a request [A1.15 D]', async () => {
    // Backtracking would try two to the power of thousands of ways.
    await start([url('^/open/(a+)+$', '/$1')]);
    const path = `/open/${'a'.repeat(4000)}!`;
    expect(await echo(path)).toMatchObject({ url: path });
  });

  it('is read from Terraform and run [A1.15 D]', async () => {
    const [read] = readLoadBalancers({
      resource: {
        aws_lb: { alb: { arn: 'arn:alb', name: 'alb' } },
        aws_lb_target_group: { app: { arn: 'arn:tg', name: 'app', port: 80, protocol: 'HTTP' } },
        aws_lb_listener: {
          https: {
            arn: 'arn:https',
            load_balancer_arn: 'arn:alb',
            port: 443,
            protocol: 'HTTPS',
            default_action: { type: 'forward', target_group_arn: 'arn:tg' },
          },
        },
        aws_lb_listener_rule: {
          old: {
            listener_arn: 'arn:https',
            priority: 1,
            condition: { path_pattern: { values: ['/old/*'] } },
            action: { type: 'forward', target_group_arn: 'arn:tg' },
            transform: {
              type: 'url-rewrite',
              url_rewrite_config: { rewrite: { regex: '^/old/(.*)$', replace: '/new/$1' } },
            },
          },
        },
      },
    });
    if (read === undefined) throw new Error('there is no load balancer');
    rig = await startRig({ ...read, listeners: read.listeners.map((listener) => ({ ...listener, port: 0 })) });
    expect(await echo('/old/x')).toMatchObject({ url: '/new/x' });
  });
});
