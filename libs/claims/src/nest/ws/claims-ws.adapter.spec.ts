import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type INestApplication, Logger, Module, type Type } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { WsAdapter } from '@nestjs/platform-ws';
import { Test } from '@nestjs/testing';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { Socket } from '../../testdata/socket.ts';
import { rawRequest } from '../../testdata/raw-request.ts';
import { ALICE, BOB, SETTINGS } from '../../testdata/world.ts';
import { LocalLogin, type LocalUser } from '../../testing/index.ts';
import { type User } from '../../user.ts';
import { type ClaimsEdges } from '../../verifier.ts';
import { ClaimsModule, CurrentUser, Groups, Public, Scopes } from '../index.ts';
import { ClaimsTestingModule } from '../testing/index.ts';
import { ClaimsWsAdapter, type ClaimsWsOptions } from './index.ts';

const ORIGIN = 'https://app.example.com';
const connected: (string | undefined)[] = [];

@WebSocketGateway({ path: '/closed' })
class ClosedGateway {
  handleConnection(_client: unknown, request: { readonly user?: User }): void {
    connected.push(request.user?.subject);
  }

  @SubscribeMessage('who')
  who(@CurrentUser() user: User): object {
    return { event: 'who', data: user.subject };
  }

  @SubscribeMessage('staff')
  @Groups('admins')
  staff(): object {
    return { event: 'staff', data: true };
  }

  @SubscribeMessage('write')
  @Scopes('orders/write')
  write(): object {
    return { event: 'write', data: true };
  }
}

@Public()
@WebSocketGateway({ path: '/open' })
class OpenGateway {
  @SubscribeMessage('who')
  who(@CurrentUser() user?: User): object {
    return { event: 'who', data: user?.subject ?? 'nobody' };
  }

  @SubscribeMessage('staff')
  @Groups('admins')
  staff(): object {
    return { event: 'staff', data: true };
  }
}

@Groups('admins')
@WebSocketGateway({ path: 'staff/' })
class StaffGateway {}

@Scopes('orders/read')
@WebSocketGateway({ path: '/orders' })
class OrdersGateway {}

/** Beside `OrdersGateway`, at the same address. */
@Public()
@WebSocketGateway({ path: '/orders' })
class OpenOrdersGateway {}

const GATEWAYS = [ClosedGateway, OpenGateway, StaffGateway, OrdersGateway, OpenOrdersGateway];
const adapters = {
  fastify: () => new FastifyAdapter({ http: { maxHeaderSize: 65_536 } }),
  express: () => new ExpressAdapter(),
};

interface Options {
  readonly http?: keyof typeof adapters;
  readonly gateways?: readonly Type[];
  readonly edges?: ClaimsEdges;
  readonly ws?: Partial<ClaimsWsOptions>;
  readonly signer?: LocalLogin;
  readonly clockToleranceSeconds?: number;
}

const login = new LocalLogin(SETTINGS);
const running: INestApplication[] = [];

async function prepare(options: Options = {}): Promise<INestApplication> {
  const { http = 'fastify', gateways = GATEWAYS, edges = {}, signer = login, clockToleranceSeconds = 5 } = options;
  const imports = [
    ClaimsModule.forRoot({ ...SETTINGS, clockToleranceSeconds }, edges),
    ClaimsTestingModule.with(signer),
  ];
  @Module({ imports, providers: [...gateways] })
  class AppModule {}
  const testing = await Test.createTestingModule({ imports: [AppModule] }).compile();
  const app = testing.createNestApplication(adapters[http](), { logger: false });
  running.push(app);
  return app;
}

/** The URL of the application without its scheme. */
async function start(options: Options = {}): Promise<string> {
  const app = await prepare(options);
  app.useWebSocketAdapter(new ClaimsWsAdapter(app, { allowedOrigins: [ORIGIN], ...options.ws }));
  await app.listen(0, '127.0.0.1');
  return (await app.getUrl()).replace(/^http:/, '');
}

const logged: string[] = [];
beforeAll(() => {
  for (const level of ['log', 'warn', 'error'] as const) {
    jest.spyOn(Logger.prototype, level).mockImplementation((...args: unknown[]) => void logged.push(args.join(' ')));
  }
});
afterEach(() => void logged.splice(0));
afterAll(() => Promise.all(running.map((app) => app.close())));

/** As a page of the application asks, behind the load balancer. */
const page = (user: LocalUser, signer = login): string[] => [...signer.headersOf(user), 'Origin', ORIGIN];
const asPage = (user: LocalUser, signer = login): { headers: Record<string, string>; origin: string } => ({
  headers: { ...signer.signAs(user) },
  origin: ORIGIN,
});
const refused = (status: number, code: string): unknown => [status, { code, statusCode: status }];

async function attempt(url: string, rawHeaders: readonly string[]): Promise<unknown> {
  const { status, body } = await rawRequest(url, rawHeaders);
  return body === '' ? [status] : [status, JSON.parse(body)];
}

describe.each(['fastify', 'express'] as const)('WebSockets on %s', (http) => {
  let host: string;
  let url: string;
  beforeAll(async () => {
    host = await start({ http });
    url = `ws:${host}/closed`;
  });
  const open = (path: string, user: LocalUser): Promise<Socket> => Socket.open(`ws:${host}${path}`, asPage(user));

  it('are made for a user of the load balancer, who is known in each message', async () => {
    const [alice, bob] = [await open('/closed', ALICE), await open('/closed', BOB)];
    expect(await bob.ask('who')).toEqual({ event: 'who', data: BOB.subject });
    expect(await alice.ask('who')).toEqual({ event: 'who', data: ALICE.subject });
    expect(connected.splice(0)).toEqual([ALICE.subject, BOB.subject]);
    alice.close();
    bob.close();
  });

  it('are made for an API client, which has no origin', async () => {
    const client = await Socket.open(`ws:${host}/closed`, { headers: login.bearerAs(BOB) });
    expect(await client.ask('who')).toEqual({ event: 'who', data: BOB.subject });
    client.close();
    connected.splice(0);
  });

  it('are refused at the upgrade without a credential, and no gateway hears of it', async () => {
    const { status, headers, body } = await rawRequest(url, ['Origin', ORIGIN]);
    expect([status, JSON.parse(body)]).toEqual(refused(401, 'DATA_MISSING'));
    expect(headers['www-authenticate']).toBe('Bearer');
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(connected).toEqual([]);
    expect(logged).toEqual([expect.stringMatching(/^DATA_MISSING: /)]);
  });

  it('are made for anybody at a public gateway, where nobody is known', async () => {
    const client = await open('/open', ALICE);
    expect(await client.ask('who')).toEqual({ event: 'who', data: 'nobody' });
    expect(await client.ask('staff')).toMatchObject({ event: 'exception', data: { status: 'error' } });
    client.close();
    expect(await attempt(`ws:${host}/open`, [])).toEqual([101]);
  });

  it('ask for the groups and scopes of the gateway at the upgrade', async () => {
    expect(await attempt(`ws:${host}/staff`, page(BOB))).toEqual(refused(403, 'GROUP_REQUIRED'));
    expect(await attempt(`ws:${host}/staff`, page(ALICE))).toEqual([101]);
    // Of two gateways at one address, the closed one counts.
    expect(await attempt(`ws:${host}/orders`, [])).toEqual(refused(401, 'DATA_MISSING'));
    expect(await attempt(`ws:${host}/orders`, page(BOB))).toEqual(refused(403, 'SCOPE_REQUIRED'));
    const scoped = { ...BOB, scopes: ['orders/read'] };
    expect(await attempt(`ws:${host}/orders`, page(scoped))).toEqual([101]);
  });

  it('ask for the groups and scopes of a message, and go on after a refusal', async () => {
    const client = await open('/closed', BOB);
    const exception = (code: string): unknown => ({ event: 'exception', data: { code, statusCode: 403 } });
    expect(await client.ask('staff')).toEqual(exception('GROUP_REQUIRED'));
    expect(await client.ask('write')).toEqual(exception('SCOPE_REQUIRED'));
    expect(await client.ask('who')).toEqual({ event: 'who', data: BOB.subject });
    client.close();
    const may = await open('/closed', { ...ALICE, scopes: ['orders/write'] });
    expect(await may.ask('staff')).toEqual({ event: 'staff', data: true });
    expect(await may.ask('write')).toEqual({ event: 'write', data: true });
    may.close();
    connected.splice(0);
  });

  it.each([
    ['another site', ['Origin', 'https://evil.example']],
    ['a subdomain', ['Origin', 'https://x.app.example.com']],
    ['a longer name', ['Origin', 'https://app.example.com.evil.example']],
    ['another scheme', ['Origin', 'http://app.example.com']],
    ['another port', ['Origin', 'https://app.example.com:8443']],
    ['no site, as a sandboxed frame has it', ['Origin', 'null']],
    ['nothing', []],
    ['the empty text', ['Origin', '']],
    ['two sites', ['Origin', ORIGIN, 'Origin', 'https://evil.example']],
    ['the right site twice', ['Origin', ORIGIN, 'Origin', ORIGIN]],
    ['the name of an older protocol beside it', ['Origin', ORIGIN, 'Sec-WebSocket-Origin', 'https://evil.example']],
  ])('are refused with the origin of %s', async (_, origin) => {
    expect(await attempt(url, [...login.headersOf(ALICE), ...origin])).toEqual(refused(403, 'ORIGIN_REFUSED'));
  });

  it('are refused to a bearer token that a page of another site sends', async () => {
    const bearer = ['Authorization', login.bearerAs(ALICE).authorization];
    expect(await attempt(url, [...bearer, 'Origin', 'https://evil.example'])).toEqual(refused(403, 'ORIGIN_REFUSED'));
  });
});

describe('a session that ends', () => {
  /** Issues access tokens with a second or so to live. */
  class ShortLogin extends LocalLogin {
    override accessTokenOf(user: LocalUser, clientId: string = this.settings.clientId): string {
      const { groups = [], subject, username } = user;
      const now = Math.floor(Date.now() / 1000);
      const { issuer } = this.settings;
      return this.pool.accessToken({ issuer, clientId, subject, username, groups, authTime: now, exp: now + 2 });
    }
  }

  it('closes its connection when the access token expires', async () => {
    const signer = new ShortLogin(SETTINGS);
    const host = await start({ signer, clockToleranceSeconds: 0 });
    const began = Date.now();
    const page = await Socket.open(`ws:${host}/closed`, asPage(ALICE, signer));
    const client = await Socket.open(`ws:${host}/closed`, { headers: signer.bearerAs(BOB) });
    expect(await page.ask('who')).toMatchObject({ data: ALICE.subject });
    expect(await page.closed).toEqual([4401, 'ACCESS_TOKEN_EXPIRED']);
    expect(await client.closed).toEqual([4401, 'BEARER_EXPIRED']);
    expect(Date.now() - began).toBeLessThan(3000);
  });

  it('closes its connection after the session timeout at the latest', async () => {
    const host = await start({ ws: { maxAgeSeconds: 0.2 } });
    const page = await Socket.open(`ws:${host}/closed`, asPage(ALICE));
    expect(await page.closed).toEqual([4401, 'ACCESS_TOKEN_EXPIRED']);
  });

  it('closes its connection though nothing is said on it, and no other', async () => {
    const ended = new Set<string>();
    const host = await start({
      edges: { isEnded: ({ subject }) => Promise.resolve(ended.has(subject)) },
      ws: { pollSeconds: 0.05 },
    });
    const alice = await Socket.open(`ws:${host}/closed`, asPage(ALICE));
    const bob = await Socket.open(`ws:${host}/closed`, asPage(BOB));
    ended.add(ALICE.subject);
    expect(await alice.closed).toEqual([4401, 'SESSION_ENDED']);
    expect(await bob.ask('who')).toEqual({ event: 'who', data: BOB.subject });
    expect(await attempt(`ws:${host}/closed`, page(ALICE))).toEqual(refused(401, 'SESSION_ENDED'));
    bob.close();
  });

  it('is noticed at the next message where nobody looks in between', async () => {
    let over = false;
    const host = await start({ edges: { isEnded: () => over }, ws: { pollSeconds: null } });
    const alice = await Socket.open(`ws:${host}/closed`, asPage(ALICE));
    expect(await alice.ask('who')).toMatchObject({ data: ALICE.subject });
    over = true;
    const answer = alice.ask('who').catch(() => undefined);
    expect(await alice.closed).toEqual([4401, 'SESSION_ENDED']);
    // Nothing of the handler's: the message was refused, not answered before the end.
    expect(await answer).not.toEqual({ event: 'who', data: ALICE.subject });
  });

  it('is over where it cannot be told whether it is', async () => {
    let broken = false;
    const isEnded = (): boolean => {
      if (broken) throw new Error('the store is down');
      return false;
    };
    const host = await start({ edges: { isEnded }, ws: { pollSeconds: 0.05 } });
    const alice = await Socket.open(`ws:${host}/closed`, asPage(ALICE));
    broken = true;
    expect(await alice.closed).toEqual([1011, '']);
    expect(await attempt(`ws:${host}/closed`, page(ALICE))).toEqual([
      500,
      { statusCode: 500, message: 'Internal server error' },
    ]);
    expect(logged.join()).toContain('the store is down');
  });
});

describe('an application that ends', () => {
  it('tells everybody so, at public gateways too, and waits for their answer', async () => {
    // It waits a second for those who do not answer. Here all do; but the machine may be busy with other things at times.
    const times = [await timeOfEnd(), await timeOfEnd(), await timeOfEnd()];
    expect(Math.min(...times)).toBeLessThan(900);
    connected.splice(0);
  });

  /** @returns milliseconds until an application has ended that tells two */
  async function timeOfEnd(): Promise<number> {
    const app = await prepare();
    app.useWebSocketAdapter(new ClaimsWsAdapter(app, { allowedOrigins: [ORIGIN] }));
    await app.listen(0, '127.0.0.1');
    const host = (await app.getUrl()).replace(/^http:/, '');
    const alice = await Socket.open(`ws:${host}/closed`, asPage(ALICE));
    const stranger = await Socket.open(`ws:${host}/open`);
    expect(await alice.ask('who')).toMatchObject({ data: ALICE.subject });
    const began = performance.now();
    await app.close();
    expect(await Promise.all([alice.closed, stranger.closed])).toEqual([
      [1001, ''],
      [1001, ''],
    ]);
    return performance.now() - began;
  }

  it('does not wait for ever for one that does not answer', async () => {
    const app = await prepare();
    app.useWebSocketAdapter(new ClaimsWsAdapter(app, { allowedOrigins: [ORIGIN] }));
    await app.listen(0, '127.0.0.1');
    const deaf = connect(Number(new URL(await app.getUrl()).port), '127.0.0.1');
    const upgrade = { Host: 'localhost', Connection: 'Upgrade', Upgrade: 'websocket' };
    const key = { 'Sec-WebSocket-Key': Buffer.alloc(16).toString('base64'), 'Sec-WebSocket-Version': '13' };
    const headers = Object.entries({ ...upgrade, ...key }).map(([name, value]) => `${name}: ${value}\r\n`);
    deaf.write(`GET /open HTTP/1.1\r\n${headers.join('')}\r\n`);
    const [answer] = (await once(deaf, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1.1 101 /);
    const received: Buffer[] = [];
    deaf.on('data', (chunk: Buffer) => received.push(chunk));
    const cutOff = once(deaf, 'close');
    const began = performance.now();
    await app.close();
    await cutOff;
    // A close frame of two bytes: 1001 (RFC 6455, section 5.5.1).
    expect(Buffer.concat(received).toString('hex')).toBe('880203e9');
    expect(performance.now() - began).toBeGreaterThan(900);
  });
});

describe('an application', () => {
  it('whose keys cannot be fetched answers 503 at the upgrade', async () => {
    const signer = Object.assign(new LocalLogin(SETTINGS), { fetch: () => Promise.reject(new Error('down')) });
    const host = await start({ signer });
    expect(await attempt(`ws:${host}/closed`, page(ALICE, signer))).toEqual(refused(503, 'KEY_UNAVAILABLE'));
  });

  it('guards a gateway at a port of its own too', async () => {
    const port = await freePort();
    @WebSocketGateway(port)
    class ElsewhereGateway {
      @SubscribeMessage('who')
      who(@CurrentUser() user: User): object {
        return { event: 'who', data: user.subject };
      }
    }
    await start({ gateways: [ElsewhereGateway] });
    const client = await Socket.open(`ws://127.0.0.1:${port}`, asPage(ALICE));
    expect(await client.ask('who')).toEqual({ event: 'who', data: ALICE.subject });
    client.close();
    expect(await attempt(`ws://127.0.0.1:${port}`, [])).toEqual(refused(401, 'DATA_MISSING'));
  });

  it('with an adapter that checks nothing answers no message', async () => {
    const app = await prepare();
    app.useWebSocketAdapter(new WsAdapter(app));
    await app.listen(0, '127.0.0.1');
    const host = (await app.getUrl()).replace(/^http:/, '');
    const client = await Socket.open(`ws:${host}/closed`, asPage(ALICE));
    expect(await client.ask('who')).toMatchObject({ event: 'exception', data: { message: 'Forbidden resource' } });
    client.close();
    connected.splice(0);
  });

  it.each(['verifyClient', 'server'])('does not start when a gateway sets %s', async (option) => {
    @WebSocketGateway({ path: '/own', [option]: () => true })
    class OwnGateway {}
    const app = await prepare({ gateways: [OwnGateway] });
    const adapter = new ClaimsWsAdapter(app, { allowedOrigins: [ORIGIN] });
    expect(() => adapter.create(0, { [option]: () => true })).toThrow(/CONFIGURATION|ClaimsWsAdapter needs/);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
