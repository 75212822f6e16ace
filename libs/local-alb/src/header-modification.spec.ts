import { once } from 'node:events';
import { request } from 'node:https';

import { type HeaderModification, type LoadBalancer, readLoadBalancers } from '@gatehouse/listener';
import { afterEach, describe, expect, it } from '@jest/globals';

import { modifiedHeaders, modifiedOwnHeaders, tlsHeaders } from './header-modification.ts';
import { type Echo } from './testdata/fake-target.ts';
import { openSession, readStream } from './testdata/http2-client.ts';
import {
  attributes,
  forwardAction,
  httpListener,
  httpsListener,
  loadBalancer,
  pathRule,
  rule,
} from './testdata/load-balancer.ts';
import { sendRaw } from './testdata/raw-client.ts';
import { ca, type Rig, startRig } from './testdata/rig.ts';

const hsts = 'max-age=31536000; includeSubDomains';
const modification: HeaderModification = {
  requestNames: { 'X-Amzn-Tls-Version': 'X-Client-Tls' },
  responseHeaders: { 'Strict-Transport-Security': hsts, 'X-Frame-Options': 'DENY' },
  serverHeader: false,
};

describe('the headers of an answer', () => {
  it('are as they were without a modification', () => {
    const headers = [['Server', 'awselb/2.0']] as const;
    expect(modifiedHeaders(headers, undefined)).toBe(headers);
    expect(modifiedOwnHeaders(headers, undefined)).toBe(headers);
    expect(modifiedHeaders(headers, { requestNames: {}, responseHeaders: {}, serverHeader: false })).toBe(headers);
  });

  it('have each header that is set once, whatever the target says', () => {
    const said = [
      ['x-frame-options', 'SAMEORIGIN'],
      ['X-Other', '1'],
      ['X-FRAME-OPTIONS', 'ALLOW-FROM https://evil.example'],
      ['Server', 'nginx'],
    ] as const;
    expect(modifiedHeaders(said, modification)).toEqual([
      ['X-Other', '1'],
      ['Server', 'nginx'],
      ['Strict-Transport-Security', hsts],
      ['X-Frame-Options', 'DENY'],
    ]);
  });
});

describe('the headers about TLS', () => {
  const logged = { type: 'h2', client: '127.0.0.1:1', httpVersion: '2.0', connectionId: 'TID_1' } as const;

  it('have their usual names unless the listener gives others', () => {
    const facts = {
      protocol: 'h2',
      logged: { ...logged, tlsProtocol: 'TLSv1.3', tlsCipher: 'TLS_AES_128_GCM_SHA256' },
    } as const;
    expect(tlsHeaders(facts, undefined)).toEqual([
      ['X-Amzn-Tls-Version', 'TLSv1.3'],
      ['X-Amzn-Tls-Cipher-Suite', 'TLS_AES_128_GCM_SHA256'],
    ]);
    expect(tlsHeaders(facts, modification)[0]).toEqual(['X-Client-Tls', 'TLSv1.3']);
  });

  it('are none without TLS', () => {
    expect(tlsHeaders({ protocol: 'http/1.1', logged }, modification)).toEqual([]);
  });
});

describe('a listener that modifies headers', () => {
  let rig: Rig;
  afterEach(() => rig.stop());

  const gone = rule('default', [
    { type: 'fixed-response', statusCode: 404, contentType: 'text/plain', messageBody: 'gone' },
  ]);
  const moved = pathRule(2, '/moved', {
    type: 'redirect',
    statusCode: 302,
    protocol: 'HTTPS',
    host: 'elsewhere.example',
    port: '443',
    path: '/',
    query: '',
  });
  const app = pathRule(1, '/app*', forwardAction);
  const https = httpsListener(app, moved, gone);
  const configured = (one?: HeaderModification, tlsVersionAndCipherSuite = true): LoadBalancer =>
    loadBalancer([one === undefined ? https : { ...https, headerModification: one }], {
      attributes: { ...attributes, tlsVersionAndCipherSuite },
    });
  const start = async (): Promise<void> => {
    rig = await startRig(configured(modification));
  };

  it.each([
    ['a page', '/none', 404],
    ['a redirect', '/moved', 302],
    ['an answer of the target', '/app', 200],
    ['an address that cannot be', `/${'a'.repeat(17_000)}`, 414],
  ])('sets them on %s, and leaves its own name out [A4.24 D]', async (_, path, status) => {
    await start();
    const answer = await rig.fetch(path);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({ 'strict-transport-security': hsts, 'x-frame-options': 'DENY' });
    expect(answer.headers).not.toHaveProperty('server');
  });

  it('sets them in place of what the target says [A4.24 D]', async () => {
    await start();
    rig.target.handler = (_, response) => {
      response.setHeader('X-Frame-Options', ['SAMEORIGIN', 'ALLOW-FROM https://evil.example']).end('x');
    };
    expect((await rig.fetch('/app')).headers['x-frame-options']).toBe('DENY');
  });

  it('sets them when the target is down, and over HTTP/2 [A4.24 D]', async () => {
    await start();
    rig.alb.setFaults({ target: 'down' });
    expect((await rig.fetch('/app')).headers).toMatchObject({ 'x-frame-options': 'DENY' });
    const session = openSession(rig.origin);
    for (const path of ['/app', '/none']) {
      const { headers } = await readStream(session.request({ ':path': path }));
      expect(headers).toMatchObject({ 'x-frame-options': 'DENY', 'strict-transport-security': hsts });
      expect(headers).not.toHaveProperty('server');
    }
    session.destroy();
  });

  it('sets them on what answers a request that cannot be read [A4.24 D]', async () => {
    await start();
    const answer = await sendRaw(rig.origin, 'GET / HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('X-Frame-Options: DENY\r\n');
    expect(answer).not.toContain('Server:');
  });

  it('sets them on a switch to WebSocket [A4.24 D]', async () => {
    await start();
    rig.target.server.on('upgrade', (_, socket) => {
      socket.on('error', () => undefined);
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Frame-Options: no\r\n\r\n',
      );
      socket.pipe(socket);
    });
    const { host, port } = new URL(rig.origin);
    const headers = { Host: host, Connection: 'Upgrade', Upgrade: 'websocket' };
    const outgoing = request({ host: '127.0.0.1', port, path: '/app', headers, ca, servername: 'app.localhost' });
    outgoing.end();
    const [answer, socket] = (await once(outgoing, 'upgrade')) as [
      { readonly headers: unknown },
      { destroy: () => void },
    ];
    expect(answer.headers).toMatchObject({ 'x-frame-options': 'DENY' });
    socket.destroy();
  });

  it("leaves a target's own name [A4.29 U]", async () => {
    await start();
    rig.target.handler = (_, response) => void response.setHeader('Server', 'nginx').end('x');
    expect((await rig.fetch('/app')).headers['server']).toBe('nginx');
  });

  it('changes with the configuration, from the next request on', async () => {
    await start();
    await rig.alb.update(configured());
    const { headers } = await rig.fetch('/none');
    expect(headers['server']).toBe('awselb/2.0');
    expect(headers).not.toHaveProperty('x-frame-options');
  });

  const handedOn = async (sent: Readonly<Record<string, string>> = {}): Promise<Echo['headers']> =>
    (JSON.parse((await rig.fetch('/app', { headers: sent })).body) as Echo).headers;

  it("tells the target of the client's TLS, by the names that it gives [A4.28 D]", async () => {
    await start();
    const headers = await handedOn();
    expect(headers['x-client-tls']).toMatch(/^TLSv1\.[23]$/);
    expect(headers['x-amzn-tls-cipher-suite']).toMatch(/^[A-Z0-9_-]+$/);
    expect(headers).not.toHaveProperty('x-amzn-tls-version');
  });

  it('lets nobody else say it, where it does [A4.30 U]', async () => {
    await start();
    const forged = { 'X-Client-TLS': 'forged', 'x-amzn-tls-cipher-suite': 'forged' };
    expect(JSON.stringify(await handedOn(forged))).not.toContain('forged');
    await rig.alb.update(configured(modification, false));
    expect(await handedOn(forged)).toMatchObject({ 'x-client-tls': 'forged' });
  });

  it('tells nothing of TLS where there is none [A4.28 D]', async () => {
    rig = await startRig(
      loadBalancer([{ ...httpListener(app, gone), headerModification: modification }], {
        attributes: { ...attributes, tlsVersionAndCipherSuite: true },
      }),
    );
    expect(JSON.stringify(await handedOn())).not.toMatch(/tls/i);
  });

  it('is read from Terraform and run [A4.24 D]', async () => {
    const [read] = readLoadBalancers({
      resource: {
        aws_lb: { alb: { arn: 'arn:alb', name: 'alb' } },
        aws_lb_listener: {
          https: {
            load_balancer_arn: '${aws_lb.alb.arn}',
            port: 443,
            protocol: 'HTTPS',
            routing_http_response_server_enabled: false,
            routing_http_response_content_security_policy_header_value: "default-src 'self'",
            default_action: {
              type: 'fixed-response',
              fixed_response: { content_type: 'text/plain', message_body: 'x', status_code: '200' },
            },
          },
        },
      },
    });
    if (read === undefined) throw new Error('there is no load balancer');
    rig = await startRig({ ...read, listeners: read.listeners.map((listener) => ({ ...listener, port: 0 })) });
    const { headers } = await rig.fetch('/');
    expect(headers['content-security-policy']).toBe("default-src 'self'");
    expect(headers).not.toHaveProperty('server');
  });
});

describe('the bytes of an answer in the log', () => {
  it.each<[string, number]>([
    ['a target', 200],
    ['the load balancer', 403],
    ['the load balancer, in place of the target', 502],
  ])('count what the listener adds to an answer of %s', async (_, status) => {
    const long: HeaderModification = {
      ...modification,
      responseHeaders: { 'X-Long': 'v'.repeat(500) },
      serverHeader: true,
    };
    const page = { type: 'fixed-response', statusCode: 403, contentType: 'text/plain', messageBody: 'no' } as const;
    const sent: number[] = [];
    for (const headerModification of [undefined, long]) {
      const listener = httpListener(rule('default', [status === 403 ? page : forwardAction]));
      const lines: string[] = [];
      const rig = await startRig(
        loadBalancer([{ ...listener, ...(headerModification === undefined ? {} : { headerModification }) }]),
        { accessLog: (line) => lines.push(line) },
      );
      rig.target.handler = (incoming, response) =>
        void (status === 502 ? incoming.socket.destroy() : response.end('same'));
      expect((await rig.fetch('/')).status).toBe(status);
      await rig.stop();
      sent.push(Number(lines[0]?.split(' ')[11]));
    }
    expect((sent[1] ?? 0) - (sent[0] ?? 0)).toBe('X-Long: \r\n'.length + 500);
  });

  it('do not count a body that HEAD does not get', async () => {
    const page = {
      type: 'fixed-response',
      statusCode: 200,
      contentType: 'text/plain',
      messageBody: 'ten bytes.',
    } as const;
    const lines: string[] = [];
    const rig = await startRig(loadBalancer([httpListener(rule('default', [page]))]), {
      accessLog: (line) => lines.push(line),
    });
    await rig.fetch('/');
    await rig.fetch('/', { method: 'HEAD' });
    await rig.stop();
    const [get = 0, head = 0] = lines.map((line) => Number(line.split(' ')[11]));
    expect(get - head).toBe(10);
  });
});
