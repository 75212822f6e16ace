import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { Agent, request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, describe, expect, it } from '@jest/globals';

import { openRequest } from './testdata/client.ts';
import { type Echo } from './testdata/fake-target.ts';
import { openSession, readStream } from './testdata/http2-client.ts';
import { attributes, forwardAction, httpsListener, loadBalancer, rule } from './testdata/load-balancer.ts';
import { ca, type Rig, startRig } from './testdata/rig.ts';
import { until } from './testdata/until.ts';

const open = httpsListener(rule('default', [forwardAction]));

describe('forwarding', () => {
  let rig: Rig;
  afterEach(() => rig.stop());

  const start = async (idleTimeoutSeconds = 60): Promise<Rig> => {
    rig = await startRig(loadBalancer([open], { attributes: { ...attributes, idleTimeoutSeconds } }));
    return rig;
  };

  /** The request of a client that keeps its connection in its hands. */
  const raw = (path: string, method = 'GET', headers: Record<string, string> = {}, agent: Agent | false = false) => {
    const { port } = new URL(rig.origin);
    return request({
      host: '127.0.0.1',
      port,
      path,
      method,
      ca,
      servername: 'app.localhost',
      agent,
      headers: { Host: new URL(rig.origin).host, ...headers },
    });
  };

  it('passes server-sent events on as they come, the head before the first of them [A4.17 D]', async () => {
    await start();
    let answer: ServerResponse | undefined;
    rig.target.handler = (_request, response) => {
      answer = response;
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    };
    const incoming = await openRequest(`${rig.origin}/events`, { ca });
    expect(incoming.headers['content-type']).toBe('text/event-stream');
    for (const event of ['data: one\n\n', 'data: two\n\n']) {
      answer?.write(event);
      const [chunk] = (await once(incoming, 'data')) as [Buffer];
      expect(chunk.toString()).toBe(event);
    }
    answer?.end();
    await once(incoming, 'end');
    expect(incoming.complete).toBe(true);
  });

  it('passes server-sent events on over HTTP/2 [A4.15 D, A4.17 D]', async () => {
    await start();
    let answer: ServerResponse | undefined;
    rig.target.handler = (_request, response) => {
      answer = response;
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    };
    const session = openSession(rig.origin);
    const stream = session.request({ ':path': '/events' });
    await once(stream, 'response');
    answer?.write('data: one\n\n');
    expect(String((await once(stream, 'data'))[0])).toBe('data: one\n\n');
    answer?.end();
    await once(stream, 'end');
    session.destroy();
  });

  it.each([
    ['with a length', { 'Content-Length': String(3_000_000) }],
    ['in chunks', {}],
  ])('carries an upload %s [A4.17 D]', async (_, headers) => {
    await start();
    const answer = await rig.fetch('/upload', { method: 'POST', headers, body: Buffer.alloc(3_000_000, 1) });
    expect((JSON.parse(answer.body) as Echo).length).toBe(3_000_000);
  });

  it.each(['POST', 'GET'])('carries the body of a %s over HTTP/2 that has no length', async (method) => {
    await start();
    const session = openSession(rig.origin);
    const stream = session.request({ ':path': '/upload', ':method': method }, { endStream: false });
    for (let part = 0; part < 30; part++) stream.write(Buffer.alloc(100_000, part));
    stream.end();
    const answer = await readStream(stream);
    expect((JSON.parse(answer.body.toString()) as Echo).length).toBe(3_000_000);
    session.destroy();
  });

  it('sends no body where the client sends none', async () => {
    await start();
    const session = openSession(rig.origin);
    const answer = await readStream(session.request({ ':path': '/', ':method': 'POST' }, { endStream: true }));
    const { headers, length } = JSON.parse(answer.body.toString()) as Echo;
    expect(length).toBe(0);
    expect(headers).not.toHaveProperty('transfer-encoding');
    session.destroy();
  });

  it.each(['http/1.1', 'h2'])(
    'does not read faster from the target than an %s client takes it [A4.17 D]',
    async (protocol) => {
      await start();
      let produced = 0;
      const chunk = Buffer.alloc(256 * 1024);
      rig.target.handler = (_request, response) => {
        const more = (): void => {
          while (produced < 200_000_000 && !response.destroyed) {
            produced += chunk.length;
            if (!response.write(chunk)) return void response.once('drain', more);
          }
          response.end();
        };
        more();
      };
      let stop: () => void;
      if (protocol === 'h2') {
        const session = openSession(rig.origin);
        session.request({ ':path': '/big' }).on('error', () => undefined);
        stop = () => session.destroy();
      } else {
        const incoming = await openRequest(`${rig.origin}/big`, { ca });
        incoming.pause();
        incoming.on('error', () => undefined);
        stop = () => incoming.destroy();
      }
      await until(() => produced > 0);
      await sleep(300);
      expect(produced).toBeLessThan(40_000_000);
      stop();
    },
  );

  it.each([
    ['with a length', { 'Content-Length': '1000' }],
    ['in chunks', {}],
  ])('breaks off an answer %s that the target does not finish [G12 D]', async (_, headers) => {
    await start();
    rig.target.handler = (_request, response) => {
      response.writeHead(200, headers).write('half');
      setTimeout(() => response.destroy(), 20);
    };
    const incoming = await openRequest(`${rig.origin}/`, { ca });
    incoming.resume();
    await expect(once(incoming, 'end')).rejects.toThrow('aborted');
    expect(incoming.complete).toBe(false);
    const session = openSession(rig.origin);
    await expect(readStream(session.request({ ':path': '/' }))).rejects.toThrow(/reset|NGHTTP2_INTERNAL_ERROR/);
    session.destroy();
    await until(() => rig.events.length === 2);
    expect(rig.events.map(({ status, complete }) => ({ status, complete }))).toEqual([
      { status: 200, complete: false },
      { status: 200, complete: false },
    ]);
  });

  it('answers 502 when the target dies before it answers, and when nobody listens [B8.13 D]', async () => {
    await start();
    rig.target.handler = (incoming) => incoming.socket.destroy();
    const died = await rig.fetch('/', { method: 'POST', body: 'x' });
    expect(died.status).toBe(502);
    expect(died.body).toContain('<title>502 Bad Gateway</title>');
    await rig.target.close();
    expect((await rig.fetch('/')).status).toBe(502);
    const session = openSession(rig.origin);
    expect((await readStream(session.request({ ':path': '/' }))).status).toBe(502);
    session.destroy();
    rig.target.server.listen(0);
  });

  it('answers 502 to a head of more than 32K [A4.13 D, B8.13 D]', async () => {
    await start();
    rig.target.handler = (_request, response) => response.writeHead(200, { 'X-Large': 'x'.repeat(40_000) }).end();
    expect((await rig.fetch('/')).status).toBe(502);
  });

  it('answers 502 to headers that HTTP/2 cannot carry, and to an upgrade that nobody asked for', async () => {
    await start();
    rig.target.handler = (_request, response) => {
      response.writeHead(200, ['Content-Type', 'text/plain', 'Content-Type', 'text/html', 'X-A', '1']).end('both');
    };
    const session = openSession(rig.origin);
    const { status, headers } = await readStream(session.request({ ':path': '/' }));
    expect([status, headers['x-a']]).toEqual([502, undefined]);
    session.destroy();
    rig.target.handler = (incoming) => {
      incoming.socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    };
    expect((await rig.fetch('/')).status).toBe(502);
  });

  it('uses a connection to the target again', async () => {
    await start();
    const ports = new Set<number | undefined>();
    rig.target.server.on('request', (incoming: IncomingMessage) => ports.add(incoming.socket.remotePort));
    for (let turn = 0; turn < 3; turn++) await rig.fetch('/', { method: 'POST', body: 'x' });
    expect(ports.size).toBe(1);
  });

  it('does not keep the end of a small answer back until the client has confirmed its head', async () => {
    await start();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const times: number[] = [];
    for (let turn = 0; turn < 40; turn++) {
      const begun = performance.now();
      const outgoing = raw('/', 'GET', {}, agent).end();
      const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
      incoming.resume();
      await once(incoming, 'end');
      times.push(performance.now() - begun);
    }
    agent.destroy();
    // A client may wait 40 ms with its confirmation once it has had a few answers.
    expect(Math.min(...times.slice(-10))).toBeLessThan(30);
  });

  it('answers 504 when the target is silent for the idle timeout [A4.11 D, B8.15 D]', async () => {
    await start(0.1);
    rig.target.handler = () => undefined;
    expect((await rig.fetch('/')).status).toBe(504);
  });

  it('answers 408 when the client does not send what it announced [A4.11 D, B8.5 D]', async () => {
    await start(0.1);
    const outgoing = raw('/', 'POST', { 'Content-Length': '100' }).on('error', () => undefined);
    outgoing.write('half of it');
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect(incoming.statusCode).toBe(408);
    outgoing.destroy();
    await until(() => rig.events.length === 1);
    expect(rig.events).toMatchObject([{ status: 408 }]);
  });

  it.each(['http/1.1', 'h2'])(
    'breaks off the request to the target when an %s client leaves [B8.8 D]',
    async (protocol) => {
      await start();
      const left = new Promise<void>((resolve) => {
        rig.target.handler = (_request, response) => {
          response.writeHead(200).write('begun');
          response.on('close', () => resolve());
        };
      });
      if (protocol === 'h2') {
        const session = openSession(rig.origin);
        const stream = session.request({ ':path': '/' });
        stream.on('error', () => undefined);
        await once(stream, 'data');
        stream.close(8);
        await left;
        session.destroy();
      } else {
        const outgoing = raw('/').on('error', () => undefined);
        outgoing.end();
        const [incoming] = (await once(outgoing, 'response')) as [NodeJS.ReadableStream];
        incoming.on('error', () => undefined);
        await once(incoming, 'data');
        outgoing.destroy();
        await left;
      }
      await until(() => rig.events.length === 1);
      expect(rig.events).toMatchObject([{ status: 460, complete: false }]);
    },
  );

  it.each(['http/1.1', 'h2 stream', 'h2 connection'])(
    'never ends the upload of an %s that breaks [G12 D]',
    async (client) => {
      await start();
      let begun = false;
      const outcome = new Promise<string>((resolve) => {
        rig.target.handler = (incoming) => {
          incoming.once('data', () => {
            begun = true;
          });
          incoming.on('error', () => undefined);
          incoming.on('end', () => resolve('ended'));
          incoming.on('close', () => resolve(incoming.complete ? 'complete' : 'broken off'));
        };
      });
      if (client === 'http/1.1') {
        const outgoing = raw('/', 'POST').on('error', () => undefined);
        outgoing.write('half of it');
        await until(() => begun);
        outgoing.destroy();
        expect(await outcome).toBe('broken off');
        return;
      }
      const session = openSession(rig.origin);
      const stream = session.request({ ':path': '/', ':method': 'POST' });
      stream.on('error', () => undefined);
      stream.write('half of it');
      await until(() => begun);
      // Node's own `close` would end the body first.
      if (client === 'h2 stream') stream.destroy(new Error('broken'));
      else session.destroy();
      expect(await outcome).toBe('broken off');
      session.destroy();
    },
  );

  it.each(['http/1.1', 'h2'])('hands on the answer to an upload of an %s client that is not read', async (protocol) => {
    await start();
    rig.target.handler = (incoming, response) => {
      incoming.pause();
      response.writeHead(413).end('too much');
    };
    const body = Buffer.alloc(8_000_000);
    if (protocol === 'h2') {
      const session = openSession(rig.origin);
      const stream = session.request({ ':path': '/', ':method': 'POST' });
      stream.end(body);
      const answer = await readStream(stream);
      expect([answer.status, answer.body.toString()]).toEqual([413, 'too much']);
      session.destroy();
    } else {
      expect(await rig.fetch('/', { method: 'POST', body })).toMatchObject({ status: 413, body: 'too much' });
    }
  });

  it.each(['http/1.1', 'h2'])(
    'keeps every cookie of the answer, and nothing of the connection, for an %s client',
    async (protocol) => {
      await start();
      rig.target.handler = (_request, response) => {
        response.writeHead(200, [
          'Set-Cookie',
          'a=1',
          'Set-Cookie',
          'b=2',
          'Connection',
          'X-Private',
          'X-Private',
          'p',
          'Keep-Alive',
          'timeout=9',
        ]);
        response.end('ok');
      };
      let headers: Readonly<Record<string, unknown>>;
      if (protocol === 'h2') {
        const session = openSession(rig.origin);
        ({ headers } = await readStream(session.request({ ':path': '/' })));
        session.destroy();
      } else ({ headers } = await rig.fetch('/'));
      expect(headers['set-cookie']).toEqual(['a=1', 'b=2']);
      expect(headers).not.toHaveProperty('x-private');
      expect(headers['keep-alive']).not.toBe('timeout=9');
    },
  );

  it.each([
    ['HEAD', 200, { 'Content-Length': '5' }],
    ['GET', 204, {}],
    ['GET', 304, { ETag: '"1"' }],
  ])('hands on the answer to %s with status %i, which has no body', async (method, status, headers) => {
    await start();
    rig.target.handler = (_request, response) => response.writeHead(status, headers).end();
    expect(await rig.fetch('/', { method })).toMatchObject({ status, body: '' });
    const session = openSession(rig.origin);
    expect(await readStream(session.request({ ':path': '/', ':method': method }))).toMatchObject({ status });
    session.destroy();
  });
});
