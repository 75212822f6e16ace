import { once } from 'node:events';
import { type IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import {
  attributes,
  authenticateAction,
  forwardAction,
  httpListener,
  httpsListener,
  loadBalancer,
  loginRule,
  pathRule,
  rule,
} from './testdata/load-balancer.ts';
import { ca, type Rig, startRig } from './testdata/rig.ts';
import { until } from './testdata/until.ts';

interface Opened {
  readonly answer: IncomingMessage;
  /** Absent when the upgrade was refused. */
  readonly socket?: Socket;
}

describe('a WebSocket', () => {
  let rig: Rig;
  let seen: IncomingMessage[];
  let targetSockets: Socket[];

  const start = async (idleTimeoutSeconds = 60): Promise<void> => {
    const deny = pathRule(1, '/deny', { ...authenticateAction, onUnauthenticatedRequest: 'deny' }, forwardAction);
    rig = await startRig(
      loadBalancer([httpsListener(deny, loginRule)], { attributes: { ...attributes, idleTimeoutSeconds } }),
    );
    seen = [];
    targetSockets = [];
    rig.target.server.on('upgrade', (incoming, connection, head: Buffer) => {
      const socket = connection as Socket;
      seen.push(incoming);
      targetSockets.push(socket);
      socket.on('error', () => undefined);
      if (incoming.url === '/refused') {
        socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno');
        return;
      }
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: abc\r\n\r\nhello,',
      );
      socket.write(head);
      if (incoming.url === '/deaf') socket.pause();
      else socket.pipe(socket);
    });
  };
  beforeEach(() => start());
  afterEach(() => rig.stop());

  const open = async (path: string, headers: Record<string, string> = {}): Promise<Opened> => {
    const { host, port } = new URL(rig.origin);
    const cookie = rig.jar.header;
    const outgoing = request({
      host: '127.0.0.1',
      port,
      path,
      ca,
      servername: 'app.localhost',
      agent: false,
      headers: {
        Host: host,
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        ...(cookie === '' ? {} : { Cookie: cookie }),
        ...headers,
      },
    });
    outgoing.end();
    return new Promise((resolve, reject) => {
      outgoing.on('error', reject);
      outgoing.on('response', (answer) => {
        answer.resume();
        resolve({ answer });
      });
      outgoing.on('upgrade', (answer, socket, head) => {
        if (head.length > 0) socket.unshift(head);
        resolve({ answer, socket });
      });
    });
  };

  const read = async (socket: Socket, length: number): Promise<string> => {
    let text = '';
    while (text.length < length) text += String((await once(socket, 'data'))[0]);
    return text;
  };

  /** Writes until nothing more is taken, or more has been than anybody should. @returns bytes */
  const flood = async (socket: Socket): Promise<number> => {
    const chunk = Buffer.alloc(256 * 1024, 'x');
    let written = 0;
    const more = (): void => {
      while (written < 200_000_000 && !socket.destroyed && !socket.writableNeedDrain) {
        socket.write(chunk);
        written += chunk.length;
      }
    };
    socket.on('error', () => undefined).on('drain', more);
    more();
    for (let before = -1; before !== written; await sleep(200)) before = written;
    socket.off('drain', more);
    return written;
  };

  it('is opened for a user, who is named to the target, and carries both ways [A4.16 D]', async () => {
    await rig.login();
    const { answer, socket } = await open('/socket', { 'x-amzn-oidc-identity': 'somebody else' });
    expect(answer.statusCode).toBe(101);
    expect(answer.headers).toMatchObject({ upgrade: 'websocket', 'sec-websocket-accept': 'abc' });
    expect(seen[0]?.headers).toMatchObject({
      upgrade: 'websocket',
      connection: 'upgrade',
      'x-amzn-oidc-identity': 'user-1',
    });
    socket?.write('echo');
    expect(await read(socket as Socket, 10)).toBe('hello,echo');
    socket?.destroy();
    await until(() => targetSockets[0]?.destroyed === true);
    expect(rig.events.at(-1)).toMatchObject({ protocol: 'websocket', status: 101, path: '/socket' });
  });

  it('is closed for the client when the target closes', async () => {
    await rig.login();
    const { socket } = await open('/socket');
    socket?.resume();
    targetSockets[0]?.destroy();
    await once(socket as Socket, 'close');
  });

  it('is refused without a session, and the target hears nothing of it [A4.16 D]', async () => {
    expect((await open('/deny')).answer.statusCode).toBe(401);
    const { answer } = await open('/socket');
    expect(answer.statusCode).toBe(302);
    expect(answer.headers.location).toContain('https://login.localhost/oauth2/authorize?client_id=client1');
    expect(seen).toEqual([]);
  });

  it('hands on a refusal of the target, and 502 when there is none', async () => {
    await rig.login();
    expect((await open('/refused')).answer.statusCode).toBe(403);
    await rig.target.close();
    expect((await open('/socket')).answer.statusCode).toBe(502);
    rig.target.server.listen(0);
  });

  it('takes the cookies of a refreshed session along', async () => {
    await rig.login();
    rig.advance(901_000);
    const { answer, socket } = await open('/socket');
    expect(answer.headers['set-cookie']?.[0]).toMatch(/^AWSELBAuthSessionCookie-0=/);
    socket?.destroy();
  });

  it('is closed on both sides after the idle timeout [A4.11 D]', async () => {
    await rig.stop();
    await start(0.2);
    await rig.login();
    const { socket } = await open('/socket');
    socket?.resume();
    await once(socket as Socket, 'close');
    await until(() => targetSockets[0]?.destroyed === true);
  });

  it('is read no faster on one side than on the other, and loses nothing [A4.17 D]', async () => {
    await rig.login();
    const { socket } = await open('/socket');
    const client = socket as Socket;
    await read(client, 6);
    client.pause();
    const written = await flood(client);
    expect(written).toBeLessThan(100_000_000);
    let echoed = 0;
    client.on('data', (data: Buffer) => (echoed += data.length));
    client.resume();
    await until(() => echoed === written);
    client.destroy();
  });

  it('lets go of a target that reads nothing, after the idle timeout, when the client has left [A4.11 D]', async () => {
    await rig.stop();
    await start(0.3);
    rig.alb.registerTarget('arn:tg', rig.target.url);
    const outstanding = (): number | undefined => rig.alb.targetHealth('arn:tg')[0]?.outstanding;
    await rig.login();
    const { socket } = await open('/deaf');
    expect(outstanding()).toBe(1);
    await flood(socket as Socket);
    socket?.destroy();
    await until(() => outstanding() === 0);
    targetSockets[0]?.destroy();
  });

  it('is the only upgrade there is', async () => {
    await rig.login();
    expect((await open('/socket', { Upgrade: 'h2c' })).answer.statusCode).toBe(400);
    expect(seen).toEqual([]);
  });
});

describe('a WebSocket without TLS', () => {
  let rig: Rig;
  /** When the client has ended for its part; the target answers only then. */
  let ended: Promise<void>;

  beforeEach(async () => {
    rig = await startRig(loadBalancer([httpListener(rule('default', [forwardAction]))]));
  });
  afterEach(() => rig.stop());

  const switching = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';

  const openPlain = (): Socket => {
    const { host, port } = new URL(rig.origin);
    const client = connect({ host: '127.0.0.1', port: Number(port), allowHalfOpen: true });
    client.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    return client;
  };

  it('goes on the other way when the client has ended for its part', async () => {
    rig.target.server.on('upgrade', (_, socket) => {
      socket.write(switching);
      socket.resume();
      socket.on('end', () => socket.end('late'));
    });
    const client = openPlain();
    const [answer] = (await once(client, 'data')) as [Buffer];
    expect(String(answer)).toMatch(/^HTTP\/1\.1 101 /);
    client.end();
    expect(await text(client)).toBe('late');
  });

  it('tells the target also of an end that came before its answer', async () => {
    rig.target.server.on('upgrade', (_, socket) => {
      socket.resume();
      socket.on('end', () => socket.end('late'));
      void ended.then(() => socket.write(switching));
    });
    const client = openPlain();
    ended = sleep(200);
    client.end();
    expect(await text(client)).toMatch(/^HTTP\/1\.1 101 [^]*late$/);
  });
});
