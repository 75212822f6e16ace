import { readFile } from 'node:fs/promises';
import { type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type INestApplication, Logger } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { send } from '../src/testdata/send.ts';
import { Socket } from '../src/testdata/socket.ts';
import { ALICE, BOB, SETTINGS } from '../src/testdata/world.ts';
import { LocalLogin } from '../src/testing/index.ts';
import { ClaimsTestingModule } from '../src/nest/testing/index.ts';
import { createClaimsVerifier } from '../src/verifier.ts';
import { createApp as createExpressApp } from './express.ts';
import { createApp as createFastifyApp } from './fastify.ts';
import { AppModule } from './nest.ts';
import { statusOfAdmin } from './nest-testing.ts';
import { ChatModule, useWebSockets } from './nest-websocket.ts';
import { createApp as createNodeApp } from './node.ts';

const login = new LocalLogin(SETTINGS);
const verifier = createClaimsVerifier(SETTINGS, { fetch: login.fetch });

interface Running {
  readonly url: string;
  readonly close: () => Promise<unknown>;
}

async function listening(server: Server): Promise<Running> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function nestApp(module: ReturnType<typeof AppModule.for>): Promise<INestApplication> {
  const imports = [module, ClaimsTestingModule.with(login)];
  const testing = await Test.createTestingModule({ imports }).compile();
  return testing.createNestApplication(new FastifyAdapter(), { logger: false });
}

const STARTS: Readonly<Record<string, () => Promise<Running>>> = {
  node: () => listening(createNodeApp(verifier)),
  express: () => listening(createExpressApp(verifier)),
  fastify: async () => {
    const app = createFastifyApp(verifier);
    return { url: await app.listen({ port: 0, host: '127.0.0.1' }), close: () => app.close() };
  },
  nest: async () => {
    const app = await nestApp(AppModule.for(SETTINGS));
    await app.listen(0, '127.0.0.1');
    return { url: await app.getUrl(), close: () => app.close() };
  },
};

beforeAll(() => {
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
});

describe.each(Object.entries(STARTS))('the example %s', (name, start) => {
  let app: Running;
  beforeAll(async () => {
    app = await start();
  });
  afterAll(() => app.close());
  const get = (path: string, headers: readonly string[] = []) => send(app.url + path, headers);

  it('greets who signed in', async () => {
    expect(await get('/', login.headersOf(ALICE))).toMatchObject({ status: 200, body: 'Hello alice' });
  });

  it('is closed to everybody else, whatever the path', async () => {
    for (const path of ['/', '/admin', ...(name === 'nest' ? [] : ['/nowhere'])]) {
      const { status, body } = await get(path);
      expect(status).toBe(401);
      expect(body).toContain('DATA_MISSING');
    }
    const forged = [...login.headersOf(ALICE), 'x-amzn-oidc-identity', BOB.subject];
    expect(await get('/', forged)).toMatchObject({ status: 401 });
  });

  it('shows few the page for few', async () => {
    expect(await get('/admin', login.headersOf(ALICE))).toMatchObject({ status: 200 });
    const refused = await get('/admin', login.headersOf(BOB));
    expect(refused.status).toBe(403);
    expect(refused.body).toContain('GROUP_REQUIRED');
  });
});

describe('the example nest', () => {
  it('asks for every scope, and is open where it says so', async () => {
    const app = await STARTS['nest']?.();
    if (!app) throw new Error('it is gone');
    try {
      const scopes = ['orders/read', 'orders/list'];
      expect(await send(`${app.url}/orders`, login.headersOf({ ...BOB, scopes }))).toMatchObject({ status: 200 });
      const { status, body } = await send(`${app.url}/orders`, login.headersOf({ ...BOB, scopes: ['orders/read'] }));
      expect([status, JSON.parse(body)]).toEqual([403, { code: 'SCOPE_REQUIRED', statusCode: 403 }]);
      expect(await send(`${app.url}/health`)).toMatchObject({ status: 200 });
    } finally {
      await app.close();
    }
  });
});

describe('the example nest-testing', () => {
  it.each([
    [['admins'], 200],
    [['users'], 403],
  ])('finds what %p may', async (groups, status) => {
    expect(await statusOfAdmin(SETTINGS, groups)).toBe(status);
  });
});

describe('the example nest-websocket', () => {
  it('knows who speaks', async () => {
    const app = await nestApp(ChatModule.for(SETTINGS));
    useWebSockets(app, 'https://app.example.com');
    await app.listen(0, '127.0.0.1');
    try {
      const url = `${(await app.getUrl()).replace('http:', 'ws:')}/chat`;
      const bob = await Socket.open(url, { headers: login.signAs(BOB), origin: 'https://app.example.com' });
      expect(await bob.ask('hello')).toEqual({ event: 'hello', data: 'bob' });
      expect(await bob.ask('clear')).toMatchObject({ event: 'exception', data: { code: 'GROUP_REQUIRED' } });
      await expect(Socket.open(url, { headers: login.signAs(BOB) })).rejects.toThrow('403');
    } finally {
      await app.close();
    }
  });
});

describe('the README', () => {
  it('shows these examples as they are', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const shown = [...readme.matchAll(/<!-- (examples\/[a-z-]+\.ts) -->\n\n```ts\n([^]*?)```/g)];
    expect(shown.map(([, file]) => file)).toEqual(
      expect.arrayContaining(['nest', 'nest-websocket', 'nest-testing'].map((name) => `examples/${name}.ts`)),
    );
    for (const [, file, code] of shown) {
      expect(code).toBe(await readFile(new URL(`../${file}`, import.meta.url), 'utf8'));
    }
  });
});
