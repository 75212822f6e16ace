import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { InstalledPackage } from './installed-package.ts';

interface Manifest {
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
}

const readJson = async (path: string): Promise<unknown> => {
  return JSON.parse(await readFile(new URL(path, import.meta.url), 'utf8'));
};
const manifest = (await readJson('../package.json')) as Manifest;
const peers = Object.keys(manifest.peerDependencies);

const SETTINGS = JSON.stringify({
  albArn: 'arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/gatehouse/0123456789abcdef',
  albPublicKeysUrl: 'https://public-keys.auth.elb.us-east-1.amazonaws.com',
  issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI',
  clientId: '1albclient23456789',
  jwksUrl: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI/.well-known/jwks.json',
});
const ALICE = "{ subject: '6b1f7c52-0f1e-4f0b-9d0e-0a4a5a1c9f11', username: 'alice', groups: ['admins'] }";

// A build, an installation and a program of its own each: seconds, and more on a busy machine.
jest.setTimeout(60_000);

let installed: InstalledPackage;
beforeAll(async () => {
  installed = await InstalledPackage.create();
});
afterAll(() => installed.remove());

describe('the packed package', () => {
  it('has what its exports name, and nothing of its tests', () => {
    const targets = Object.values(manifest.exports).flatMap((target) =>
      typeof target === 'string' ? [target] : [target['types'], target['default']],
    );
    expect(installed.files).toEqual(expect.arrayContaining(targets.map((target) => target?.replace('./', ''))));
    const others = installed.files.filter((path) => !/^dist\/[\w./-]+\.(?:js|d\.ts|js\.map)$/.test(path));
    expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
    expect(installed.files.filter((path) => /spec|testdata|bench|examples|packaging/.test(path))).toEqual([]);
  });

  it('verifies a user where nothing else is installed, and has its entries without a framework load', async () => {
    const { output, exitCode } = await installed.run(`
      import { readdirSync } from 'node:fs';
      import { createClaimsVerifier } from '@gatehouse/claims';
      import { LocalLogin } from '@gatehouse/claims/testing';
      const settings = ${SETTINGS};
      const login = new LocalLogin(settings);
      const verifier = createClaimsVerifier(settings, { fetch: login.fetch });
      const { username, groups } = await verifier.verifyAlb(login.headersOf(${ALICE}));
      const refused = await verifier.verifyAlb([]).catch(({ code }) => code);
      const nest = await import('@gatehouse/claims/nest').catch(({ code }) => code);
      const inner = await import('@gatehouse/claims/dist/verifier.js').catch(({ code }) => code);
      const others = readdirSync('node_modules').filter((name) => !name.startsWith('.'));
      console.log(JSON.stringify({ username, groups, refused, nest, inner, others }));
    `);
    expect([exitCode, output]).toEqual([0, expect.any(String)]);
    expect(JSON.parse(output)).toEqual({
      username: 'alice',
      groups: ['admins'],
      refused: 'DATA_MISSING',
      nest: 'ERR_MODULE_NOT_FOUND',
      inner: 'ERR_PACKAGE_PATH_NOT_EXPORTED',
      others: ['@gatehouse', 'aws-jwt-verify'],
    });
  });

  it('compiles where nothing else is installed, with all declarations checked', async () => {
    await installed.link(['@types/node', 'undici-types']);
    const { output } = await installed.compile({
      'core.ts': `
        import { type ClaimsErrorCode, ClaimsError, createClaimsVerifier, type User } from '@gatehouse/claims';
        import { LocalLogin } from '@gatehouse/claims/testing';
        const settings = ${SETTINGS};
        const verifier = createClaimsVerifier(settings, { fetch: new LocalLogin(settings).fetch });
        const user: User = await verifier.verifyAlb(['x-amzn-oidc-data', 'x']);
        const code: ClaimsErrorCode = new ClaimsError('TOKEN_EXPIRED').code;
        // @ts-expect-error: there is no such error
        new ClaimsError('NOT_AN_ERROR');
        // @ts-expect-error: a verifier without settings would not know whom to believe
        createClaimsVerifier({});
        // @ts-expect-error: a user is what was verified
        user.groups.push(code);
      `,
    });
    expect(output).toBe('');
  });
});

describe('the packed package beside its optional peers', () => {
  const besides = ['@nestjs/platform-fastify', '@nestjs/testing', 'ws', '@types/ws', 'fastify'];
  beforeAll(() => installed.link([...peers, ...besides]));

  it('loads every entry', async () => {
    const entries = Object.keys(manifest.exports).filter((entry) => entry !== './package.json');
    const { output } = await installed.run(`
      import 'reflect-metadata';
      const entries = ${JSON.stringify(entries)};
      for (const entry of entries) {
        const name = entry.replace('.', '@gatehouse/claims');
        const loaded = await import(name);
        console.log(name, Object.keys(loaded).length > 0, import.meta.resolve(name).includes('/dist/'));
      }
    `);
    expect(output.trim().split('\n')).toEqual(
      entries.map((entry) => `${entry.replace('.', '@gatehouse/claims')} true true`),
    );
  });

  it('guards a NestJS application and its WebSockets, compiled and run', async () => {
    const application = `
      import 'reflect-metadata';
      import { ClaimsModule, CurrentUser } from '@gatehouse/claims/nest';
      import { ClaimsTestingModule } from '@gatehouse/claims/nest/testing';
      import { ClaimsWsAdapter } from '@gatehouse/claims/nest/ws';
      import { FastifyAdapter } from '@nestjs/platform-fastify';
      import { Test } from '@nestjs/testing';
      import { WebSocket } from 'ws';
    `;
    const { output, exitCode } = await installed.run(`
      ${application}
      import { Controller, Get } from '@nestjs/common';
      import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';

      const decorate = (type, method, decorators) => {
        const descriptor = Object.getOwnPropertyDescriptor(type.prototype, method);
        for (const decorator of decorators) decorator(type.prototype, method, descriptor);
        CurrentUser()(type.prototype, method, 0);
      };
      class Routes { me(user) { return user.username; } }
      decorate(Routes, 'me', [Get('me')]);
      Controller()(Routes);
      class Gateway { who(user) { return { event: 'who', data: user.username }; } }
      decorate(Gateway, 'who', [SubscribeMessage('who')]);
      WebSocketGateway({ path: '/ws' })(Gateway);

      const imports = [ClaimsModule.forRoot(${SETTINGS}), ClaimsTestingModule];
      const testing = await Test.createTestingModule({ imports, controllers: [Routes], providers: [Gateway] }).compile();
      const app = testing.createNestApplication(new FastifyAdapter(), { logger: false });
      app.useWebSocketAdapter(new ClaimsWsAdapter(app, { allowedOrigins: ['https://app.example.com'] }));
      await app.listen(0, '127.0.0.1');
      const url = await app.getUrl();
      const headers = app.get(ClaimsTestingModule).signAs(${ALICE});
      const answers = [await fetch(url + '/me'), await fetch(url + '/me', { headers })];
      const texts = await Promise.all(answers.map((answer) => answer.text()));
      const socket = new WebSocket(url.replace('http', 'ws') + '/ws', { headers, origin: 'https://app.example.com' });
      socket.on('open', () => socket.send('{"event":"who"}'));
      texts.push(await new Promise((resolve) => socket.on('message', (data) => resolve(data.toString()))));
      socket.terminate();
      await app.close();
      console.log(JSON.stringify(texts));
    `);
    expect([exitCode, output]).toEqual([0, expect.any(String)]);
    expect(JSON.parse(output)).toEqual([
      '{"code":"DATA_MISSING","statusCode":401}',
      'alice',
      '{"event":"who","data":"alice"}',
    ]);
  });

  it('compiles', async () => {
    const { output } = await installed.compile({
      'nest.ts': `
        import { type User } from '@gatehouse/claims';
        import { ClaimsModule, CurrentUser, Groups, Public, Scopes } from '@gatehouse/claims/nest';
        import { ClaimsTestingModule } from '@gatehouse/claims/nest/testing';
        import { ClaimsWsAdapter } from '@gatehouse/claims/nest/ws';
        import { Controller, Get, type INestApplication, Module } from '@nestjs/common';

        @Controller()
        class Routes {
          @Get() @Groups('admins') @Scopes('orders/read')
          me(@CurrentUser() user: User): string {
            return user.username;
          }
          @Get('open') @Public()
          open(): void {}
          // @ts-expect-error: nobody is in one of no groups
          @Get('nobody') @Groups()
          nobody(): void {}
        }

        @Module({ imports: [ClaimsModule.forRoot(${SETTINGS}), ClaimsTestingModule], controllers: [Routes] })
        export class AppModule {}

        export function useWebSockets(app: INestApplication): void {
          app.useWebSocketAdapter(new ClaimsWsAdapter(app, { allowedOrigins: ['https://app.example.com'] }));
          // @ts-expect-error: any site could talk as its visitor
          new ClaimsWsAdapter(app, {});
        }
      `,
    });
    expect(output).toBe('');
  });
});

describe('the manifest', () => {
  it('needs aws-jwt-verify and nothing else; frameworks are optional', () => {
    expect(Object.keys(manifest.dependencies)).toEqual(['aws-jwt-verify']);
    const optional = Object.entries(manifest.peerDependenciesMeta).filter(([, { optional }]) => optional);
    expect(optional.map(([name]) => name)).toEqual(peers);
  });

  it.each(Object.entries(manifest.peerDependencies))(
    'allows of %s (%s) what it was tested with',
    async (name, range) => {
      const { version } = (await readJson(`../../../node_modules/${name}/package.json`)) as { version: string };
      const [least, tested] = [range.replace('^', ''), version].map((text) => text.split('.').map(Number));
      const [major = -1, minor = -1] = least ?? [];
      const [testedMajor, testedMinor = -1] = tested ?? [];
      expect(range).toMatch(/^\^\d+\.\d+\.\d+$/);
      expect(testedMajor).toBe(major);
      expect(testedMinor).toBeGreaterThanOrEqual(minor);
    },
  );
});
