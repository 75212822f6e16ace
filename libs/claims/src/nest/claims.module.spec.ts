import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Controller, type DynamicModule, Get, Inject, Logger, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { send } from '../testdata/send.ts';
import { ALICE, API_CLIENT, BOB, SETTINGS } from '../testdata/world.ts';
import { LocalLogin } from '../testing/index.ts';
import { type ClaimsSettings } from '../settings.ts';
import { type User } from '../user.ts';
import { type ClaimsVerifier } from '../verifier.ts';
import { CLAIMS_VERIFIER, ClaimsModule, CurrentUser, Groups, Public } from './index.ts';

@Controller()
class Routes {
  @Get('me')
  me(@CurrentUser() user: User): object {
    return { subject: user.subject, via: user.via };
  }

  @Get('staff')
  @Groups('owners', 'admins')
  staff(): object {
    return { ok: true };
  }

  @Get('open')
  @Public()
  open(@CurrentUser() user?: User): object {
    return { user: user ?? null };
  }
}

interface Running {
  readonly app: NestFastifyApplication;
  readonly url: string;
}

async function start(module: DynamicModule): Promise<Running> {
  const testing = await Test.createTestingModule({ imports: [module], controllers: [Routes] }).compile();
  const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl() };
}

const login = new LocalLogin(SETTINGS);
const bearer = (token: string): readonly string[] => ['Authorization', `Bearer ${token}`];
const logged: string[] = [];
let running: Running;

beforeAll(async () => {
  for (const level of ['log', 'warn', 'error', 'debug'] as const) {
    jest.spyOn(Logger.prototype, level).mockImplementation((...args: unknown[]) => void logged.push(args.join(' ')));
  }
  running = await start(ClaimsModule.forRoot(SETTINGS, { fetch: login.fetch }));
});
afterEach(() => void logged.splice(0));
afterAll(() => running.app.close());

const get = (path: string, rawHeaders: readonly string[] = []) => send(`${running.url}${path}`, rawHeaders);

describe('an application with ClaimsModule', () => {
  it('lets a user of the load balancer in', async () => {
    const { status, body } = await get('/me', login.headersOf(ALICE));
    expect([status, JSON.parse(body)]).toEqual([200, { subject: ALICE.subject, via: 'alb' }]);
  });

  it('lets an API client in', async () => {
    const { status, body } = await get('/me', bearer(login.accessTokenOf(BOB, API_CLIENT)));
    expect([status, JSON.parse(body)]).toEqual([200, { subject: BOB.subject, via: 'bearer' }]);
  });

  it('is closed by default, and says so without detail', async () => {
    const { status, headers, body } = await get('/me');
    expect(status).toBe(401);
    expect(JSON.parse(body)).toEqual({ code: 'DATA_MISSING', statusCode: 401 });
    expect(headers['www-authenticate']).toBe('Bearer');
    expect(logged).toEqual([expect.stringMatching(/^DATA_MISSING: The request carries nothing/)]);
  });

  it('opens what is public to everybody, and looks at no credential there', async () => {
    for (const headers of [[], login.headersOf(ALICE), ['x-amzn-oidc-data', 'x']]) {
      const { status, body } = await get('/open', headers);
      expect([status, JSON.parse(body)]).toEqual([200, { user: null }]);
    }
  });

  it('lets into a route with groups only who is in one of them', async () => {
    expect(await get('/staff', login.headersOf(ALICE))).toMatchObject({ status: 200 });
    const refused = await get('/staff', login.headersOf(BOB));
    expect(refused.status).toBe(403);
    expect(JSON.parse(refused.body)).toEqual({ code: 'GROUP_REQUIRED', statusCode: 403 });
    expect(refused.headers['www-authenticate']).toBeUndefined();
    expect(await get('/staff')).toMatchObject({ status: 401 });
  });

  it('never gives one request the user of another', async () => {
    const users = Array.from({ length: 40 }, (_, i) => ({ ...ALICE, subject: `subject-${i}` }));
    const replies = await Promise.all(users.map((user) => get('/me', login.headersOf(user))));
    const subjects = replies.map(({ body }) => (JSON.parse(body) as { subject: string }).subject);
    expect(subjects).toEqual(users.map(({ subject }) => subject));
  });

  describe('refuses as bearer token', () => {
    it.each(['Basic YTpi', 'Bearer', 'Bearer a b'])('%s', async (value) => {
      const { status, body } = await get('/me', ['Authorization', value]);
      expect([status, JSON.parse(body)]).toEqual([401, { code: 'BEARER_MALFORMED', statusCode: 401 }]);
    });

    it('two Authorization headers', async () => {
      const token = login.accessTokenOf(BOB, API_CLIENT);
      const { body } = await get('/me', [...bearer(token), ...bearer(token)]);
      expect(JSON.parse(body)).toEqual({ code: 'HEADER_DUPLICATE', statusCode: 401 });
    });
  });

  it('verifies a bearer token once, by both implementations, and lets no other in on its account', async () => {
    const fresh = new LocalLogin(SETTINGS);
    const { app, url } = await start(ClaimsModule.forRoot(SETTINGS, { fetch: fresh.fetch }));
    const keyOf = jest.spyOn(app.get<ClaimsVerifier>(CLAIMS_VERIFIER), 'bearerKey');
    try {
      const token = fresh.accessTokenOf(BOB, API_CLIENT);
      for (const times of [1, 1]) {
        expect(await send(`${url}/me`, bearer(token))).toMatchObject({ status: 200 });
        expect(keyOf).toHaveBeenCalledTimes(times);
      }
      const other = [...token.split('.').slice(0, 2), fresh.accessTokenOf(ALICE, API_CLIENT).split('.')[2]].join('.');
      expect(await send(`${url}/me`, bearer(other))).toMatchObject({ status: 401 });
    } finally {
      await app.close();
    }
  });

  it('lets no bearer token in that passport-jwt does not accept', async () => {
    const { app, url } = await start(ClaimsModule.forRoot(SETTINGS, { fetch: login.fetch }));
    jest.spyOn(app.get<ClaimsVerifier>(CLAIMS_VERIFIER), 'bearerKey').mockRejectedValue(new Error('another key'));
    try {
      const token = login.accessTokenOf(BOB, API_CLIENT);
      for (const path of ['/me', '/me']) {
        expect((await send(url + path, bearer(token))).status).not.toBe(200);
      }
    } finally {
      await app.close();
    }
  });

  it('lets no good bearer token outvote bad headers of a load balancer', async () => {
    const good = bearer(login.accessTokenOf(ALICE, API_CLIENT));
    for (const name of ['x-amzn-oidc-data', 'x_amzn_oidc_data', 'x-amzn-oidc-identity', 'x-amzn-oidc-other']) {
      expect(await get('/me', [...good, name, 'x'])).toMatchObject({ status: 401 });
    }
  });

  it('judges by the load balancer’s headers alone when they are there', async () => {
    const { body } = await get('/me', [...bearer('rubbish'), ...login.headersOf(ALICE)]);
    expect(JSON.parse(body)).toEqual({ subject: ALICE.subject, via: 'alb' });
  });
});

describe('two applications in one process', () => {
  it('do not take each other’s users', async () => {
    const other = new LocalLogin({ ...SETTINGS, albArn: SETTINGS.albArn.replace('gatehouse', 'other') });
    const second = await start(ClaimsModule.forRoot(other.settings, { fetch: other.fetch }));
    try {
      expect(await send(`${second.url}/me`, other.headersOf(BOB))).toMatchObject({ status: 200 });
      expect(await send(`${second.url}/me`, login.headersOf(BOB))).toMatchObject({ status: 401 });
      expect(await get('/me', login.headersOf(ALICE))).toMatchObject({ status: 200 });
      expect(await get('/me', other.headersOf(ALICE))).toMatchObject({ status: 401 });
    } finally {
      await second.app.close();
    }
  });
});

describe('without bearer clients', () => {
  it('a bearer token is refused, and none is asked for', async () => {
    const settings = { ...SETTINGS, bearerClientIds: [] };
    const closed = await start(ClaimsModule.forRoot(settings, { fetch: login.fetch }));
    try {
      const refused = await send(`${closed.url}/me`, bearer(login.accessTokenOf(ALICE, API_CLIENT)));
      expect(JSON.parse(refused.body)).toEqual({ code: 'BEARER_REFUSED', statusCode: 401 });
      expect((await send(`${closed.url}/me`)).headers['www-authenticate']).toBeUndefined();
    } finally {
      await closed.app.close();
    }
  });
});

describe('when keys cannot be fetched', () => {
  it('the answer is 503, for both kinds of credentials', async () => {
    const cut = await start(ClaimsModule.forRoot(SETTINGS, { fetch: () => Promise.reject(new Error('down')) }));
    try {
      for (const headers of [login.headersOf(ALICE), bearer(login.accessTokenOf(ALICE, API_CLIENT))]) {
        const { status, body } = await send(`${cut.url}/me`, headers);
        expect([status, JSON.parse(body)]).toEqual([503, { code: 'KEY_UNAVAILABLE', statusCode: 503 }]);
      }
    } finally {
      await cut.app.close();
    }
  });
});

describe('ClaimsModule', () => {
  it('takes its settings from the application’s own providers', async () => {
    @Module({ providers: [{ provide: 'ENVIRONMENT', useValue: SETTINGS }], exports: ['ENVIRONMENT'] })
    class EnvironmentModule {}
    const module = ClaimsModule.forRootAsync({
      imports: [EnvironmentModule],
      inject: ['ENVIRONMENT'],
      useFactory: (settings: ClaimsSettings) => Promise.resolve(settings),
      edges: { fetch: login.fetch },
    });
    const { app, url } = await start(module);
    try {
      expect(await send(`${url}/me`, login.headersOf(ALICE))).toMatchObject({ status: 200 });
      expect(await send(`${url}/me`)).toMatchObject({ status: 401 });
    } finally {
      await app.close();
    }
  });

  it('types the claims of one’s own pool by a schema', async () => {
    interface Custom {
      readonly tenant: string;
    }
    const custom = {
      parse: (claims: unknown): Custom => ({ tenant: String((claims as { tenant?: unknown }).tenant) }),
    };
    const asked: string[] = [];
    const isEnded = (user: User<Custom>): boolean => asked.push(user.custom.tenant) === 0;
    const { app, url } = await start(ClaimsModule.forRoot(SETTINGS, { fetch: login.fetch, custom, isEnded }));
    try {
      const headers = login.headersOf({ ...ALICE, claims: { 'custom:tenant': 'acme' } });
      expect(await send(`${url}/me`, headers)).toMatchObject({ status: 200 });
      expect(asked).toEqual(['acme']);
    } finally {
      await app.close();
    }
  });

  it('keeps an application with wrong settings from starting', async () => {
    const wrong = { ...SETTINGS, albArn: '' };
    const starting = Test.createTestingModule({ imports: [ClaimsModule.forRoot(wrong)] }).compile();
    await expect(starting).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });

  it('offers the verifier to the whole application', async () => {
    class Consumer {
      constructor(@Inject(CLAIMS_VERIFIER) readonly verifier: unknown) {}
    }
    @Module({ providers: [Consumer] })
    class Feature {}
    const testing = await Test.createTestingModule({ imports: [ClaimsModule.forRoot(SETTINGS), Feature] }).compile();
    expect(testing.get(Consumer, { strict: false }).verifier).toHaveProperty('verifyAlb');
    await testing.close();
  });
});
