import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Controller, Get, type INestApplication, Logger, Module } from '@nestjs/common';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { WebSocketGateway } from '@nestjs/websockets';
import { type RawHeaders } from '../alb-headers.ts';
import { createHttpsFetch, type Fetch } from '../fetch.ts';
import {
  ALB_ATTACKS,
  type Attack,
  BEARER_ATTACKS,
  KEY_HOST_ATTACKS,
  LATE_ATTACKS,
  UNPARSEABLE_HEADERS,
} from '../testdata/attacks/index.ts';
import { type KeyHost, startKeyHost } from '../testdata/key-host.ts';
import { rawRequest, type RawReply } from '../testdata/raw-request.ts';
import { ALICE, API_CLIENT, SETTINGS } from '../testdata/world.ts';
import { LocalLogin } from '../testing/index.ts';
import { type ClaimsSettings } from '../settings.ts';
import { type ClaimsEdges } from '../verifier.ts';
import { ClaimsModule } from './index.ts';
import { ClaimsWsAdapter } from './ws/index.ts';

const ORIGIN = ['Origin', 'https://app.example.com'];
const reached: string[] = [];

@Controller()
class Routes {
  @Get('closed')
  closed(): object {
    reached.push('route');
    return {};
  }
}

@WebSocketGateway({ path: '/closed' })
class Gateway {
  handleConnection(): void {
    reached.push('gateway');
  }
}

const SERVERS = { fastify: () => new FastifyAdapter(), express: () => new ExpressAdapter() };

async function start(
  server: keyof typeof SERVERS,
  settings: ClaimsSettings,
  edges: ClaimsEdges,
): Promise<INestApplication> {
  @Module({ imports: [ClaimsModule.forRoot(settings, edges)], controllers: [Routes], providers: [Gateway] })
  class AppModule {}
  const testing = await Test.createTestingModule({ imports: [AppModule] }).compile();
  const app = testing.createNestApplication<NestExpressApplication>(SERVERS[server](), { logger: false });
  app.useWebSocketAdapter(new ClaimsWsAdapter(app, { allowedOrigins: ['https://app.example.com'] }));
  await app.listen(0, '127.0.0.1');
  return app;
}

const login = new LocalLogin(SETTINGS);
const logged: string[] = [];

beforeAll(() => {
  for (const level of ['log', 'warn', 'error', 'debug'] as const) {
    jest.spyOn(Logger.prototype, level).mockImplementation((...args: unknown[]) => void logged.push(args.join(' ')));
  }
});
afterEach(() => {
  expect(reached.splice(0)).toEqual([]);
  logged.splice(0);
});

/** Node's server takes 16 KB of headers unless it is told otherwise, and answers 431 by itself. */
const tooLarge = (headers: RawHeaders): boolean => headers.join(': \r\n').length > 16_000;

function expectNoSecret(headers: RawHeaders): void {
  const log = logged.join();
  for (const secret of headers.filter((text, index) => index % 2 && text.length > 8 && text !== ORIGIN[1])) {
    expect(log.includes(secret)).toBe(false);
  }
}

function expectRefusal({ status, body }: RawReply, code: string, headers: RawHeaders): void {
  if (tooLarge(headers) && status === 431) return;
  expect([status, JSON.parse(body)]).toEqual([401, { code, statusCode: 401 }]);
}

const named = <T extends { readonly name: string }>(attacks: readonly T[]): [string, T][] =>
  attacks.map((attack) => [attack.name, attack]);

describe.each(['fastify', 'express'] as const)('an application on %s', (server) => {
  let app: INestApplication;
  let strict: INestApplication;
  beforeAll(async () => {
    app = await start(server, SETTINGS, { fetch: login.fetch });
    strict = await start(server, { ...SETTINGS, clockToleranceSeconds: 0 }, { fetch: login.fetch });
  });
  afterAll(() => Promise.all([app.close(), strict.close()]));

  describe.each(['http:', 'ws:'])('asked by %s', (protocol) => {
    const ask = async (of: INestApplication, headers: RawHeaders): Promise<RawReply> =>
      rawRequest(`${(await of.getUrl()).replace('http:', protocol)}/closed`, [...headers, ...ORIGIN]);

    it('lets in who is to be let in', async () => {
      const good = protocol === 'ws:' ? 101 : 200;
      expect(await ask(app, login.headersOf(ALICE))).toMatchObject({ status: good });
      expect(await ask(strict, login.headersOf(ALICE))).toMatchObject({ status: good });
      const bearer = ['Authorization', `Bearer ${login.accessTokenOf(ALICE, API_CLIENT)}`];
      expect(await ask(app, bearer)).toMatchObject({ status: good });
      expect(reached.splice(0)).toHaveLength(3);
    });

    it.each(named<Attack>(ALB_ATTACKS))('refuses %s', async (_, { code, rawHeaders }) => {
      const headers = rawHeaders(login);
      expectRefusal(await ask(app, headers), code, headers);
      expectNoSecret(headers);
    });

    it.each(named<Attack>(LATE_ATTACKS))('refuses without tolerance: %s', async (_, { code, rawHeaders }) => {
      const headers = rawHeaders(login);
      expectRefusal(await ask(strict, headers), code, headers);
    });

    it.each(named<Attack>(UNPARSEABLE_HEADERS))('does not even read %s', async (_, { rawHeaders }) => {
      expect([400, 431]).toContain((await ask(app, rawHeaders(login))).status);
    });

    it.each(named(BEARER_ATTACKS))('refuses as bearer token: %s', async (_, { code, token: issue }) => {
      const token = issue(login);
      const headers = ['Authorization', `Bearer ${token}`];
      const reply = await ask(app, headers);
      // With padding inside, it is not even the form of a bearer token (RFC 6750, section 2.1).
      expectRefusal(reply, token.includes('=.') ? 'BEARER_MALFORMED' : code, headers);
      expect(reply.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
      expectNoSecret([...headers, 'token', token]);
    });
  });
});

describe('an application whose key host answers', () => {
  it.each(named(KEY_HOST_ATTACKS))('%s says 503, by http and at an upgrade', async (_, { listener }) => {
    let host: KeyHost | undefined;
    let app: INestApplication | undefined;
    try {
      host = await startKeyHost(listener(login));
      const settings = { ...SETTINGS, albPublicKeysUrl: host.url };
      const overTls = createHttpsFetch({ ca: host.ca });
      const fetch: Fetch = (url, limits) => overTls(url, { ...limits, timeoutMs: 300 });
      app = await start('fastify', settings, { fetch });
      const url = `${await app.getUrl()}/closed`;
      for (const asked of [url, url.replace('http:', 'ws:')]) {
        const { status, body } = await rawRequest(asked, [...login.headersOf(ALICE), ...ORIGIN]);
        expect([status, JSON.parse(body)]).toEqual([503, { code: 'KEY_UNAVAILABLE', statusCode: 503 }]);
      }
    } finally {
      await app?.close();
      await host?.close();
    }
  });
});
