import { type Action } from '@gatehouse/listener';
import { afterEach, describe, expect, it } from '@jest/globals';

import { openSession, readStream } from './testdata/http2-client.ts';
import {
  authenticateAction,
  forwardAction,
  httpListener,
  httpsListener,
  loadBalancer,
  loginRule,
  pathRule,
  rule,
} from './testdata/load-balancer.ts';
import { type Rig, startRig } from './testdata/rig.ts';

const fixed: Action = {
  type: 'fixed-response',
  statusCode: 404,
  contentType: 'text/plain',
  messageBody: 'nothing here',
};
const toHttps: Action = {
  type: 'redirect',
  statusCode: 301,
  protocol: 'HTTPS',
  host: '#{host}',
  port: '8443',
  path: '/#{path}',
  query: '#{query}',
};

describe('a running listener', () => {
  let rig: Rig;
  afterEach(() => rig.stop());

  it('redirects HTTP to HTTPS [A2.4 D]', async () => {
    rig = await startRig(loadBalancer([httpListener(rule('default', [toHttps]))]));
    const answer = await rig.fetch('/a?b=c');
    expect([answer.status, answer.headers.location]).toEqual([301, 'https://app.localhost:8443/a?b=c']);
    expect(rig.events).toMatchObject([
      { actions: ['redirect'], priority: 'default', rule: 'aws_lb_listener_rule.rdefault' },
    ]);
  });

  it('answers by itself, also after a login [A2.3 D]', async () => {
    rig = await startRig(loadBalancer([httpsListener(pathRule(1, '/gone', authenticateAction, fixed), loginRule)]));
    expect((await rig.fetch('/gone')).status).toBe(302);
    await rig.login();
    rig.advance(901_000);
    const answer = await rig.fetch('/gone');
    expect(answer).toMatchObject({ status: 404, body: 'nothing here' });
    expect(answer.headers['content-type']).toBe('text/plain');
    expect(answer.setCookies).toHaveLength(1);
    expect(rig.events.at(-1)).toMatchObject({ actions: ['authenticate', 'fixed-response'], priority: 1 });
  });

  it('hands no request of gRPC to targets of HTTP/1.1 [B8.10 D]', async () => {
    rig = await startRig(
      loadBalancer([httpsListener(pathRule(1, '/gone', fixed), pathRule(2, '/*', forwardAction), loginRule)]),
    );
    const asked: unknown[] = [];
    rig.target.handler = (request, response) => void asked.push(request.url, response.end());
    const session = openSession(rig.origin);
    const statusOf = async (path: string, type: string): Promise<number> => {
      const headers = { ':path': path, ':method': 'POST', 'content-type': type };
      return (await readStream(session.request(headers, { endStream: true }))).status;
    };
    expect(await statusOf('/shop.Cart/Add', 'application/grpc')).toBe(464);
    expect(await statusOf('/shop.Cart/Add', 'application/grpc+proto')).toBe(464);
    expect(asked).toEqual([]);
    expect(rig.events.at(-1)).toMatchObject({ status: 464, priority: 2, actions: ['forward'] });
    // What the load balancer answers by itself, what a browser sends instead, and what is no gRPC for want of HTTP/2.
    expect(await statusOf('/gone', 'application/grpc')).toBe(404);
    expect(await statusOf('/web', 'application/grpc-web+proto')).toBe(200);
    const plain = await rig.fetch('/plain', { method: 'POST', headers: { 'Content-Type': 'application/grpc' } });
    expect(plain.status).toBe(200);
    session.destroy();
  });

  it('answers over HTTP/2 as over HTTP/1.1 [A4.15 D]', async () => {
    rig = await startRig();
    const session = openSession(rig.origin);
    const { status, headers } = await readStream(
      session.request({ ':path': '/', ':method': 'POST' }, { endStream: true }),
    );
    expect(status).toBe(302);
    expect(headers['set-cookie']).toEqual([expect.stringMatching(/^AWSALBAuthNonce=/)]);
    session.destroy();
    expect(rig.events).toMatchObject([{ protocol: 'h2', status: 302 }]);
  });

  it('reads the session of a browser that sends each cookie by itself', async () => {
    rig = await startRig();
    await rig.login();
    const session = openSession(rig.origin);
    const cookie = ['a=1', ...rig.jar.header.split('; ')];
    expect((await readStream(session.request({ ':path': '/', cookie }))).status).toBe(200);
    session.destroy();
  });

  it('refuses TRACE, and what it cannot read [B8.1 D, B8.4 D]', async () => {
    rig = await startRig(loadBalancer([httpsListener(rule('default', [forwardAction]))]));
    expect((await rig.fetch('/', { method: 'TRACE' })).status).toBe(405);
    expect((await rig.fetch('/', { headers: { Host: 'evil.example/x' } })).status).toBe(400);
    expect((await rig.fetch('/', { headers: { Host: 'a b' } })).status).toBe(400);
    expect((await rig.fetch('*', { method: 'OPTIONS' }).catch(() => ({ status: 400 }))).status).toBe(400);
  });

  it('takes headers of 60K, and answers 400 to more than 64K', async () => {
    rig = await startRig(loadBalancer([httpsListener(rule('default', [forwardAction]))]));
    const headers = (count: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`X-Large-${index}`, 'x'.repeat(10_000)]));
    expect((await rig.fetch('/', { headers: headers(6) })).status).toBe(200);
    expect((await rig.fetch('/', { headers: headers(7) })).status).toBe(400);
  });
});
