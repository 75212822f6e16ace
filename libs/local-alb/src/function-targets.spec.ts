import { verify } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage } from 'node:http';
import { request as requestTls } from 'node:https';
import { buffer } from 'node:stream/consumers';

import { type FunctionTargetGroup } from '@gatehouse/listener';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { fetchOnce } from './testdata/client.ts';
import { type FunctionServer, startFunctionServer } from './testdata/function-server.ts';
import { openSession, readStream } from './testdata/http2-client.ts';
import { forwardAction, httpsListener, loadBalancer, loginRule, rule } from './testdata/load-balancer.ts';
import { ca, type Rig, startRig } from './testdata/rig.ts';
import { until } from './testdata/until.ts';

const megabyte = 1024 * 1024;
const group: FunctionTargetGroup = {
  address: 'aws_lb_target_group.fn',
  arn: 'arn:tg',
  name: 'fn',
  lambda: { multiValueHeaders: false },
};
const open = rule('default', [forwardAction]);

describe('a function as target', () => {
  let functions: FunctionServer;
  let rig: Rig;
  const lines: string[] = [];

  const start = async (
    changes: Partial<FunctionTargetGroup> = {},
    rules = open,
    idleTimeoutSeconds = 60,
  ): Promise<void> => {
    const made = loadBalancer([httpsListener(rules)], { targetGroups: [{ ...group, ...changes }] });
    rig = await startRig(
      { ...made, attributes: { ...made.attributes, idleTimeoutSeconds } },
      { resolveTarget: () => functions.url, accessLog: (line) => lines.push(line) },
    );
  };

  beforeEach(async () => {
    lines.length = 0;
    functions = await startFunctionServer();
  });
  afterEach(() => Promise.all([rig.stop(), functions.close()]));

  it('is invoked with the request, by the API of the runtime interface emulator [A2.14 D]', async () => {
    await start();
    const { status, headers, body } = await rig.fetch('/a?b=1', {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain', 'X-Own': 'yes', Connection: 'X-Own' },
      body: 'hello',
    });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ server: 'awselb/2.0', 'content-type': 'application/json' });
    const event = JSON.parse(body) as Record<string, Record<string, string>>;
    expect(event).toMatchObject({
      requestContext: { elb: { targetGroupArn: 'arn:tg' } },
      httpMethod: 'POST',
      path: '/a',
      queryStringParameters: { b: '1' },
      headers: { host: new URL(rig.origin).host, 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https' },
      body: 'hello',
      isBase64Encoded: false,
    });
    expect(event['headers']?.['x-amzn-trace-id']).toMatch(/^Root=1-/);
    expect(event['headers']).not.toHaveProperty('x-own');
    expect(functions.asked).toEqual(['/2015-03-31/functions/function/invocations']);
  });

  it('is asked at the path that its address has', async () => {
    const path = '/2015-03-31/functions/words/invocations';
    functions = { ...functions, url: new URL(path, functions.url) };
    await start();
    await rig.fetch('/');
    expect(functions.asked).toEqual([path]);
  });

  it('gets and gives lists of values where the group says so [A2.15 D]', async () => {
    await start({ lambda: { multiValueHeaders: true } });
    functions.handler = ({ multiValueHeaders, multiValueQueryStringParameters }) => ({
      statusCode: 200,
      multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
      body: JSON.stringify({ headers: multiValueHeaders, query: multiValueQueryStringParameters }),
    });
    const { setCookies, body } = await rig.fetch('/?a=1&a=2', { headers: { 'X-Two': ['1', '2'] } });
    expect(setCookies).toEqual(['a=1', 'b=2']);
    expect(JSON.parse(body)).toMatchObject({ query: { a: ['1', '2'] }, headers: { 'x-two': ['1', '2'] } });
  });

  it('learns who the user is behind a login, and nothing that a client says of one [B5.1 D]', async () => {
    await start({}, loginRule);
    expect((await rig.fetch('/')).status).toBe(302);
    expect(functions.events).toEqual([]);
    await rig.login('/');
    const { status, body } = await rig.fetch('/', { headers: { 'x-amzn-oidc-identity': 'forged' } });
    expect(status).toBe(200);
    const { headers } = JSON.parse(body) as { readonly headers: Readonly<Record<string, string>> };
    expect(headers['x-amzn-oidc-identity']).not.toBe('forged');
    const [header = '', payload = '', signature = ''] = headers['x-amzn-oidc-data']?.split('.') ?? [];
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { readonly kid: string };
    const key = {
      key: (await fetchOnce(`${rig.alb.publicKeysUrl}/${kid}`, { ca })).body,
      dsaEncoding: 'ieee-p1363',
    } as const;
    const signed = Buffer.from(`${header}.${payload}`);
    expect(verify('sha256', signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(headers['x-amzn-oidc-accesstoken']).toBeDefined();
    expect(JSON.stringify(rig.events) + lines.join('\n')).not.toContain(headers['x-amzn-oidc-data']);
  });

  const post = (length: number, headers: Readonly<Record<string, string>>) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const { hostname, port } = new URL(rig.origin);
      const options = { host: '127.0.0.1', port, servername: hostname, ca, agent: false, method: 'POST' };
      const outgoing = requestTls({ ...options, headers: { Host: `${hostname}:${port}`, ...headers } }, resolve);
      outgoing.on('error', reject);
      outgoing.end(Buffer.alloc(length, 'a'));
    });

  it.each([
    ['with a length', (length: number) => ({ 'Content-Length': String(length) })],
    ['in chunks', () => ({ 'Transfer-Encoding': 'chunked' })],
  ])('gets a body of 1 MB %s, and a client that sends more gets 413 [B8.6 D]', async (_, framing) => {
    await start();
    functions.handler = ({ body }) => ({ statusCode: 200, body: String(body.length) });
    const whole = await post(megabyte, { 'Content-Type': 'text/plain', ...framing(megabyte) });
    expect(whole.statusCode).toBe(200);
    expect(String((await once(whole, 'data'))[0])).toBe(String(megabyte));
    whole.destroy();
    const over = await post(megabyte + 1, { 'Content-Type': 'text/plain', ...framing(megabyte + 1) });
    over.destroy();
    expect(over.statusCode).toBe(413);
    expect(functions.events).toHaveLength(1);
    expect(lines.at(-1)).toContain(' "LambdaRequestTooLarge" ');
    expect(rig.alb.counts).toMatchObject({ LambdaUserError: 1, LambdaTargetProcessedBytes: megabyte + 7 });
  });

  it('answers 413 over HTTP/2, and to no more than was read [B8.6 D]', async () => {
    await start();
    const session = openSession(rig.origin);
    const stream = session.request({ ':method': 'POST', ':path': '/' });
    const answer = readStream(stream);
    stream.end(Buffer.alloc(8 * megabyte));
    expect((await answer).status).toBe(413);
    expect((await readStream(session.request({ ':path': '/', ':method': 'HEAD' }))).status).toBe(200);
    session.destroy();
  });

  it('takes no WebSocket: 400 [A2.16 D]', async () => {
    await start();
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'AAAA',
    };
    expect((await rig.fetch('/', { headers })).status).toBe(400);
    expect(functions.events).toEqual([]);
  });

  it.each<[string, (functions: FunctionServer) => void, string, string]>([
    [
      'throws',
      (one) => (one.handler = () => ({ errorType: 'Error', errorMessage: 'x' })),
      'LambdaUnhandled',
      'LambdaUserError',
    ],
    [
      'throws, as the API says it',
      (one) => (one.answer = (_, response) => response.setHeader('X-Amz-Function-Error', 'Unhandled').end('{}')),
      'LambdaUnhandled',
      'LambdaUserError',
    ],
    ['returns what is no answer', (one) => (one.handler = () => 'hello'), 'LambdaInvalidResponse', 'LambdaUserError'],
    [
      'returns a header with a line end',
      (one) => (one.handler = () => ({ statusCode: 200, headers: { a: '1\r\nSet-Cookie: b=1' } })),
      'LambdaInvalidResponse',
      'LambdaUserError',
    ],
    [
      'returns more than 1 MB',
      (one) => (one.handler = () => ({ statusCode: 200, body: 'a'.repeat(megabyte) })),
      'LambdaResponseTooLarge',
      'LambdaUserError',
    ],
    [
      'may not be invoked',
      (one) => (one.answer = (_, response) => response.writeHead(403).end()),
      'LambdaAccessDenied',
      'LambdaUserError',
    ],
    [
      'is not there',
      (one) => (one.answer = (_, response) => response.writeHead(404).end()),
      'LambdaResourceNotFound',
      'LambdaUserError',
    ],
    [
      'is throttled',
      (one) => (one.answer = (_, response) => response.writeHead(429).end()),
      'LambdaThrottling',
      'LambdaUserError',
    ],
    [
      'meets a fault of Lambda',
      (one) => (one.answer = (_, response) => response.writeHead(500).end()),
      'LambdaServiceException',
      'LambdaInternalError',
    ],
    [
      'cannot be reached',
      (one) => (one.answer = ({ socket }) => socket.destroy()),
      'LambdaConnectionError',
      'LambdaInternalError',
    ],
  ])('is 502 when it %s [B8.20 D]', async (_, arrange, reason, metric) => {
    await start();
    arrange(functions);
    const { status, setCookies, body } = await rig.fetch('/');
    expect([status, setCookies]).toEqual([502, []]);
    expect(body).toContain('502 Bad Gateway');
    expect(lines.at(-1)).toContain(` "${reason}" `);
    expect(rig.alb.counts).toMatchObject({ [metric]: 1, HTTPCode_ELB_502_Count: 1 });
  });

  it('leaves the cookies of the load balancer in its answers, and in those that stand for them', async () => {
    await start(
      {},
      rule('default', [{ type: 'forward', targetGroups: [{ arn: 'arn:tg', weight: 1 }], stickinessSeconds: 60 }]),
    );
    const sticky = [expect.stringMatching(/^AWSALBTG=/), expect.stringMatching(/^AWSALBTGCORS=/)];
    functions.handler = () => ({ statusCode: 200, headers: { 'Set-Cookie': 'own=1' } });
    expect((await rig.fetch('/')).setCookies).toEqual(['own=1', ...sticky]);
    functions.handler = () => 'no answer';
    expect(await rig.fetch('/')).toMatchObject({ status: 502, setCookies: sticky });
  });

  it('is reached late where a fault makes targets slow, and at the address as sent', async () => {
    await start();
    rig.alb.setFaults({ target: { slowMilliseconds: 60 } });
    const before = performance.now();
    const { body } = await rig.fetch('/a%2Fb%20c?d=%20');
    expect(performance.now() - before).toBeGreaterThanOrEqual(55);
    expect(JSON.parse(body)).toMatchObject({ path: '/a%2Fb%20c', queryStringParameters: { d: '%20' } });
  });

  it('answers 400 to a client whose text is not UTF-8', async () => {
    await start();
    const { status } = await rig.fetch('/', {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain' },
      body: Buffer.from([0xff]),
    });
    expect(status).toBe(400);
    expect(lines.at(-1)).toContain(' "LambdaBadRequest" ');
  });

  it('has no address in the log, and its status in it [B9.11 D]', async () => {
    await start();
    functions.handler = () => ({ statusCode: 418 });
    expect((await rig.fetch('/')).status).toBe(418);
    expect(lines[0]).toMatch(/^https \S+ \S+ \S+ - \S+ \S+ \S+ 418 418 .* "-" "-" "-" "-" "-" TID_\w+$/);
    expect(rig.alb.counts).toMatchObject({ HTTPCode_Target_4XX_Count: 1 });
  });

  it('answers HEAD without a body, and 204 without a length', async () => {
    await start();
    expect((await rig.fetch('/', { method: 'HEAD' })).headers['content-length']).toMatch(/^\d{3}$/);
    functions.handler = () => ({ statusCode: 204, body: 'x' });
    const { status, headers, body } = await rig.fetch('/');
    expect([status, body]).toEqual([204, '']);
    expect(headers).not.toHaveProperty('content-length');
  });

  it('is waited for, whatever the idle timeout; a client that does not send is not [B8.5 D]', async () => {
    await start({}, open, 0.1);
    functions.handler = async () => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      return { statusCode: 200, body: 'late' };
    };
    expect(await rig.fetch('/')).toMatchObject({ status: 200, body: 'late' });
    const { hostname, port } = new URL(rig.origin);
    const headers = { Host: `${hostname}:${port}`, 'Content-Length': '10' };
    const outgoing = requestTls({ host: '127.0.0.1', port, servername: hostname, ca, method: 'POST', headers });
    outgoing.on('error', () => undefined).write('half');
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect(incoming.statusCode).toBe(408);
    outgoing.destroy();
  });

  it('gives and gets bytes that are no text, of no type that is known', async () => {
    await start();
    functions.handler = ({ body, isBase64Encoded }) => ({ statusCode: 200, body, isBase64Encoded });
    const bytes = Buffer.from([0, 255, 128, 10]);
    const incoming = await new Promise<IncomingMessage>((resolve) => {
      const { hostname, port } = new URL(rig.origin);
      const options = { host: '127.0.0.1', port, servername: hostname, ca, agent: false, method: 'POST' };
      requestTls({ ...options, headers: { Host: `${hostname}:${port}` } }, resolve).end(bytes);
    });
    expect(await buffer(incoming)).toEqual(bytes);
    expect(incoming.headers['content-type']).toBe('application/octet-stream');
  });

  it('is down on command, and cut off at once when it is deregistered [A2.17 D]', async () => {
    await start();
    rig.alb.setFaults({ target: 'down' });
    expect((await rig.fetch('/')).status).toBe(502);
    rig.alb.setFaults({});
    expect(functions.events).toEqual([]);
    functions.answer = () => undefined;
    rig.alb.registerTarget('arn:tg', functions.url);
    const answer = rig.fetch('/');
    await until(() => functions.events.length === 1);
    await rig.alb.deregisterTarget('arn:tg', functions.url);
    expect((await answer).status).toBe(502);
    expect(rig.alb.targetHealth('arn:tg')).toEqual([]);
  });

  it('is not waited for when the client leaves', async () => {
    await start();
    const closed = new Promise((resolve) => {
      functions.answer = ({ socket }) => socket.on('close', resolve);
    });
    const session = openSession(rig.origin);
    session.request({ ':path': '/' }).on('error', () => undefined);
    await until(() => functions.events.length === 1);
    session.destroy();
    await closed;
    await until(() => rig.events.length === 1);
    expect(rig.events[0]).toMatchObject({ status: 460, complete: false });
  });

  it('is not checked, unless the group says so: then with an event of its own [A4.34 D]', async () => {
    await start();
    rig.alb.registerTarget('arn:tg', functions.url);
    await until(() => rig.alb.targetHealth('arn:tg')[0]?.state === 'unavailable');
    expect(functions.events).toEqual([]);
    expect((await rig.fetch('/')).status).toBe(200);
    await rig.stop();
    functions.events.length = 0;
    await start({ healthCheck: { path: '/up' } });
    rig.alb.registerTarget('arn:tg', functions.url);
    await until(() => rig.alb.targetHealth('arn:tg')[0]?.state === 'healthy');
    expect(functions.events[0]).toMatchObject({ path: '/up', headers: { 'user-agent': 'ELB-HealthChecker/2.0' } });
    await rig.stop();
    functions.handler = () => ({ statusCode: 500 });
    await start({ healthCheck: { unhealthyThreshold: 1 } });
    rig.alb.registerTarget('arn:tg', functions.url);
    await until(() => rig.alb.targetHealth('arn:tg')[0]?.state === 'unhealthy');
  });
});
