import { once } from 'node:events';
import { type ClientHttp2Session, constants } from 'node:http2';
import { createServer } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

import { type TargetGroup } from '@gatehouse/listener';
import { afterEach, describe, expect, it } from '@jest/globals';

import { startHttp2Target, type Http2Target } from './testdata/http2-target.ts';
import { openSession, readStream } from './testdata/http2-client.ts';
import { forwardAction, httpsListener, loadBalancer, rule } from './testdata/load-balancer.ts';
import { type Rig, serverTls, startRig } from './testdata/rig.ts';
import { until } from './testdata/until.ts';

const forwarding = (protocolVersion: TargetGroup['protocolVersion'], changes: Partial<TargetGroup> = {}) => {
  const made = loadBalancer([httpsListener(rule('default', [forwardAction]))]);
  return {
    ...made,
    targetGroups: made.targetGroups.map((one) => ({ ...one, protocolVersion, ...changes }) as TargetGroup),
  };
};

describe('targets that speak HTTP/2', () => {
  const closing: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  interface Stage {
    readonly rig: Rig;
    readonly target: Http2Target;
    readonly session: ClientHttp2Session;
  }

  const start = async (
    version: TargetGroup['protocolVersion'] = 'HTTP2',
    { tls = false, settings = {} }: { readonly tls?: boolean; readonly settings?: object } = {},
  ): Promise<Stage> => {
    const target = await startHttp2Target(tls ? serverTls : undefined, settings);
    const rig = await startRig(forwarding(version), { resolveTarget: () => target.url });
    const session = openSession(rig.origin);
    closing.push(
      () => target.close(),
      () => rig.stop(),
      () => void session.destroy(),
    );
    return { rig, target, session };
  };

  it.each([
    ['by prior knowledge', false],
    ['over TLS, by ALPN', true],
  ])('are asked %s, with the headers of the load balancer [A2.12 D]', async (_, tls) => {
    const { rig, session } = await start('HTTP2', { tls });
    const { status, body } = await readStream(session.request({ ':path': '/a?b=1', 'x-own': 'yes', te: 'trailers' }));
    const headers = JSON.parse(body.toString()) as Record<string, string>;
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      ':path': '/a?b=1',
      ':method': 'GET',
      ':scheme': tls ? 'https' : 'http',
      ':authority': new URL(rig.origin).host,
      'x-own': 'yes',
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '127.0.0.1',
      te: 'trailers',
    });
    expect(headers['x-amzn-trace-id']).toMatch(/^Root=1-/);
    expect(headers).not.toHaveProperty('host');
  });

  it('are asked on one connection by many at a time, and on another when it is full', async () => {
    const { target, session } = await start('HTTP2', { settings: { maxConcurrentStreams: 2 } });
    await readStream(session.request({ ':path': '/' }));
    const held: (() => void)[] = [];
    target.handler = (stream) => held.push(() => stream.respond({ ':status': 204 }, { endStream: true }));
    const answers = ['1', '2', '3'].map((name) => readStream(session.request({ ':path': `/${name}` })));
    await until(() => held.length === 3);
    expect(target.sessions).toHaveLength(2);
    for (const answer of held) answer();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([204, 204, 204]);
  });

  it('get what the client sends, answer while it still sends, and close with trailers', async () => {
    const { target, session } = await start();
    target.handler = (stream) => {
      stream.respond({ ':status': 200, 'set-cookie': ['a=1', 'b=2'] }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': 'ok', 'x-more': ['1', '2'] }));
      stream.on('data', (chunk: Buffer) => stream.write(chunk.toString().toUpperCase()));
      stream.on('end', () => stream.end());
    };
    const stream = session.request({ ':method': 'POST', ':path': '/' });
    const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
    expect(headers['set-cookie']).toEqual(['a=1', 'b=2']);
    const trailers = once(stream, 'trailers');
    for (const word of ['one', 'two']) {
      stream.write(word);
      expect(String((await once(stream, 'data'))[0])).toBe(word.toUpperCase());
    }
    stream.end();
    stream.resume();
    expect((await trailers)[0]).toMatchObject({ 'x-sum': 'ok', 'x-more': '1, 2' });
  });

  it('answer with a head alone, as a call of gRPC that fails, and the client gets it so', async () => {
    const { target, session } = await start('GRPC');
    target.handler = (stream) => stream.respond({ ':status': 200, 'grpc-status': '5' }, { endStream: true });
    const stream = session.request({ ':method': 'POST', ':path': '/a.B/c' }, { endStream: true });
    stream.resume();
    const [headers, flags] = (await once(stream, 'response')) as [Record<string, unknown>, number];
    expect(headers).toMatchObject({ ':status': 200, 'grpc-status': '5' });
    expect(flags & constants.NGHTTP2_FLAG_END_STREAM).not.toBe(0);
  });

  it('send no faster than the client reads, and lose nothing', async () => {
    const { target, session } = await start();
    const size = 8 * 1024 * 1024;
    let written = 0;
    target.handler = (stream) => {
      stream.respond({ ':status': 200 }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-end': 'yes' }));
      const fill = (): void => {
        while (written < size) {
          written += 65_536;
          if (!stream.write(Buffer.alloc(65_536, 1))) return void stream.once('drain', fill);
        }
        stream.end();
      };
      fill();
    };
    const stream = session.request({ ':path': '/' });
    stream.pause();
    await once(stream, 'response');
    let seen = -1;
    for (; seen !== written; await sleep(100)) seen = written;
    expect(written).toBeLessThan(size / 2);
    const trailers = once(stream, 'trailers');
    expect((await buffer(stream)).length).toBe(size);
    expect((await trailers)[0]).toMatchObject({ 'x-end': 'yes' });
  });

  it('get no more than they read', async () => {
    const { target, session } = await start();
    let read: () => void = () => undefined;
    target.handler = (stream) => {
      let length = 0;
      read = () => {
        stream.on('data', (chunk: Buffer) => (length += chunk.length));
        stream.on('end', () => {
          stream.respond({ ':status': 200 });
          stream.end(String(length));
        });
      };
    };
    const size = 8 * 1024 * 1024;
    const stream = session.request({ ':method': 'POST', ':path': '/' });
    const answer = readStream(stream);
    let [written, seen] = [0, -1];
    const fill = (): void => {
      while (written < size) {
        written += 65_536;
        if (!stream.write(Buffer.alloc(65_536))) return void stream.once('drain', fill);
      }
      stream.end();
    };
    fill();
    await until(() => target.sessions.length === 1);
    for (; seen !== written; await sleep(100)) seen = written;
    expect(written).toBeLessThan(size / 2);
    read();
    expect((await answer).body.toString()).toBe(String(size));
  });

  it('may answer what they have not read to its end', async () => {
    const { target, session } = await start();
    target.handler = (stream) => {
      stream.respond({ ':status': 403 });
      stream.end('no');
    };
    const stream = session.request({ ':method': 'POST', ':path': '/' });
    stream.write(Buffer.alloc(1000));
    stream.resume();
    const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
    expect(headers[':status']).toBe(403);
    // And what comes after that goes nowhere.
    stream.end(Buffer.alloc(1_000_000));
    await once(stream, 'close');
    target.handler = (one) => one.respond({ ':status': 204 }, { endStream: true });
    expect((await readStream(session.request({ ':path': '/' }))).status).toBe(204);
    expect(target.sessions).toHaveLength(1);
  });

  it('are told when the client leaves', async () => {
    const { rig, target, session } = await start();
    const code = new Promise<number>((resolve) => {
      target.handler = (stream) => stream.on('close', () => resolve(stream.rstCode));
    });
    const stream = session.request({ ':path': '/' });
    stream.on('error', () => undefined);
    await until(() => target.sessions.length === 1);
    stream.close(constants.NGHTTP2_CANCEL);
    expect(await code).toBe(constants.NGHTTP2_CANCEL);
    await until(() => rig.events.length === 1);
    expect(rig.events[0]).toMatchObject({ status: 460, complete: false });
  });

  it('break an answer off, and the client sees that it is not whole', async () => {
    const { rig, target, session } = await start();
    target.handler = (stream) => {
      stream.respond({ ':status': 200 });
      stream.write('half', () => stream.destroy(new Error('broken')));
    };
    await expect(readStream(session.request({ ':path': '/' }))).rejects.toThrow(/reset|NGHTTP2_INTERNAL_ERROR/);
    expect(rig.events[0]).toMatchObject({ status: 200, complete: false });
  });

  it.each([
    [
      'resets the stream',
      (stream: Parameters<Http2Target['handler']>[0]) => stream.close(constants.NGHTTP2_REFUSED_STREAM),
    ],
    ['closes its connection', (stream: Parameters<Http2Target['handler']>[0]) => stream.session?.destroy()],
    [
      'answers a head of more than 32K',
      (stream: Parameters<Http2Target['handler']>[0]) =>
        stream.respond(
          { ':status': 200, ...Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`x-${n}`, 'v'.repeat(4000)])) },
          { endStream: true },
        ),
    ],
  ])('are 502 when one %s [B8.13 D]', async (_, handler) => {
    const { target, session } = await start();
    target.handler = handler;
    expect((await readStream(session.request({ ':path': '/' }))).status).toBe(502);
    target.handler = (stream) => stream.respond({ ':status': 204 }, { endStream: true });
    expect((await readStream(session.request({ ':path': '/' }))).status).toBe(204);
  });

  it.each(['http', 'https'])('are 502 when they speak something else, over %s', async (scheme) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const rig = await startRig(forwarding('HTTP2'), { resolveTarget: () => new URL(`${scheme}://127.0.0.1:${port}`) });
    const session = openSession(rig.origin);
    closing.push(
      () => void server.close(),
      () => rig.stop(),
      () => void session.destroy(),
    );
    expect((await readStream(session.request({ ':path': '/' }))).status).toBe(502);
  });

  it.each([undefined, 'HTTP2'] as const)(
    'are 504 when no connection comes about within 10 seconds, to %s [B8.15 D]',
    async (version) => {
      // Takes the connection, and never answers what TLS begins with.
      const server = createServer((socket) => socket.on('error', () => undefined));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as { port: number };
      const rig = await startRig(forwarding(version), { resolveTarget: () => new URL(`https://127.0.0.1:${port}`) });
      const session = openSession(rig.origin);
      closing.push(
        () => void server.close(),
        () => rig.stop(),
        () => void session.destroy(),
      );
      expect((await readStream(session.request({ ':path': '/' }))).status).toBe(504);
    },
  );

  it('finish what they have, and are asked on another connection, after they say goodbye', async () => {
    const { target, session } = await start();
    let finish: () => void = () => undefined;
    target.handler = (stream) => {
      finish = () => stream.respond({ ':status': 200 }, { endStream: true });
      stream.session?.close();
    };
    const first = readStream(session.request({ ':path': '/' }));
    await until(() => target.sessions[0]?.closed === true);
    target.handler = (stream) => stream.respond({ ':status': 204 }, { endStream: true });
    expect((await readStream(session.request({ ':path': '/' }))).status).toBe(204);
    finish();
    expect((await first).status).toBe(200);
    expect(target.sessions).toHaveLength(2);
  });

  it.each([
    ['HTTP2', 'GET'],
    ['HTTP2', 'POST'],
    ['GRPC', 'POST'],
  ] as const)('of %s get no %s over HTTP/1.1: 464 [B8.19 D]', async (version, method) => {
    const { rig, target } = await start(version);
    expect((await rig.fetch('/', { method })).status).toBe(464);
    const upgrade = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'AAAA',
    };
    expect((await rig.fetch('/', { headers: upgrade })).status).toBe(464);
    expect(target.sessions).toEqual([]);
    expect(rig.events.map(({ detail }) => detail)).toEqual(
      Array(2).fill(`a request over HTTP/1.1, and the targets speak ${version}`),
    );
  });

  it('of gRPC get POST alone; of HTTP/2 calls of gRPC, too [B8.19 D]', async () => {
    const grpc = await start('GRPC');
    for (const method of ['GET', 'PUT', 'DELETE']) {
      expect(
        (await readStream(grpc.session.request({ ':path': '/', ':method': method }, { endStream: true }))).status,
      ).toBe(464);
    }
    expect(grpc.target.sessions).toEqual([]);
    const call = { ':path': '/a.B/c', ':method': 'POST', 'content-type': 'application/grpc' };
    expect((await readStream(grpc.session.request(call, { endStream: true }))).status).toBe(200);
    const http2 = await start('HTTP2');
    expect((await readStream(http2.session.request(call, { endStream: true }))).status).toBe(200);
  });
});

describe('the health of targets that speak HTTP/2', () => {
  const healthCheck = { path: '/health', intervalSeconds: 5, timeoutSeconds: 2 };

  const stateAfter = async (
    changes: Partial<TargetGroup>,
    handler: Http2Target['handler'],
  ): Promise<string | undefined> => {
    const target = await startHttp2Target();
    target.handler = handler;
    const rig = await startRig(
      forwarding(changes.protocolVersion, {
        ...changes,
        healthCheck: { ...healthCheck, unhealthyThreshold: 1, ...changes.healthCheck },
      }),
    );
    rig.alb.registerTarget('arn:tg', target.url);
    const state = (): string | undefined => rig.alb.targetHealth('arn:tg')[0]?.state;
    await until(() => state() !== 'initial');
    const found = state();
    await Promise.all([rig.stop(), target.close()]);
    return found;
  };

  it('is asked for over HTTP/2 [A4.32 R]', async () => {
    const asked: Record<string, unknown>[] = [];
    const state = await stateAfter({ protocolVersion: 'HTTP2' }, (stream, headers) => {
      asked.push(headers);
      stream.respond({ ':status': 200 }, { endStream: true });
    });
    expect(state).toBe('healthy');
    expect(asked[0]).toMatchObject({ ':method': 'GET', ':path': '/health', 'user-agent': 'ELB-HealthChecker/2.0' });
    expect(
      await stateAfter({ protocolVersion: 'HTTP2' }, (stream) =>
        stream.respond({ ':status': 500 }, { endStream: true }),
      ),
    ).toBe('unhealthy');
  });

  it.each([
    ['12', 12, 'healthy'],
    ['0-11', 12, 'unhealthy'],
    ['0,12', 0, 'healthy'],
  ])('is asked for by a call of gRPC: %s, answered %d [A4.31 D]', async (matcher, status, expected) => {
    const asked: Record<string, unknown>[] = [];
    const state = await stateAfter({ protocolVersion: 'GRPC', healthCheck: { matcher } }, (stream, headers) => {
      asked.push(headers);
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': String(status) }));
      stream.end();
    });
    expect(state).toBe(expected);
    expect(asked[0]).toMatchObject({ ':method': 'POST', 'content-type': 'application/grpc' });
  });

  it('is bad when nobody answers in time, or without a status of gRPC', async () => {
    const silent = { protocolVersion: 'HTTP2', healthCheck: { timeoutSeconds: 1 } } as const;
    expect(await stateAfter(silent, () => undefined)).toBe('unhealthy');
    const plain: Http2Target['handler'] = (stream) => stream.respond({ ':status': 200 }, { endStream: true });
    expect(await stateAfter({ protocolVersion: 'GRPC', healthCheck: { matcher: '0-99' } }, plain)).toBe('unhealthy');
  });
});
