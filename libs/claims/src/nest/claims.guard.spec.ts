import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type ExecutionContext, Logger } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { checkSettings } from '../settings.ts';
import { send } from '../testdata/send.ts';
import { ALICE, SETTINGS } from '../testdata/world.ts';
import { LocalLogin } from '../testing/index.ts';
import { type User } from '../user.ts';
import { createClaimsVerifier, type ClaimsVerifier } from '../verifier.ts';
import { AlbStrategy } from './alb.strategy.ts';
import { BearerStrategy } from './bearer.strategy.ts';
import { ClaimsException } from './claims.exception.ts';
import { ClaimsGuard } from './claims.guard.ts';
import { Gatekeeper } from './gatekeeper.ts';
import { Groups } from './groups.decorator.ts';

const login = new LocalLogin(SETTINGS);
const settings = checkSettings(SETTINGS);

function guardOf(verifier: ClaimsVerifier): ClaimsGuard {
  const gatekeeper = new Gatekeeper(new AlbStrategy(verifier), new BearerStrategy(verifier, settings), settings);
  return new ClaimsGuard(new Reflector(), gatekeeper);
}

function contextOf(request: object, type = 'http'): ExecutionContext {
  const http = { getRequest: () => request, getResponse: () => ({ header: () => undefined }) };
  const route = function route(): void {};
  return {
    getType: () => type,
    getHandler: () => route,
    getClass: () => Object,
    switchToHttp: () => http,
  } as unknown as ExecutionContext;
}

const guard = guardOf(createClaimsVerifier(SETTINGS, { fetch: login.fetch }));

beforeAll(() => void jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined));

describe('ClaimsGuard', () => {
  it('understands the request of Express, which is the one of Node', async () => {
    const users: unknown[] = [];
    const server = createServer((request: IncomingMessage & { user?: unknown }, response) => {
      guard
        .canActivate(contextOf(request))
        .then(
          () => users.push(request.user),
          (error: unknown) => users.push(error),
        )
        .finally(() => response.end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      await send(url, login.headersOf(ALICE));
      await send(url, [...login.headersOf(ALICE), 'x-amzn-oidc-data', 'x']);
    } finally {
      server.close();
    }
    expect(users).toEqual([expect.objectContaining({ subject: ALICE.subject }), expect.any(ClaimsException)]);
  });

  it('gives each of two requests its own user, in whatever order they are verified', async () => {
    const release: (() => void)[] = [];
    const verifier: ClaimsVerifier = {
      ...createClaimsVerifier(SETTINGS),
      verifyAlb: async (rawHeaders) => {
        await new Promise<void>((resolve) => release.push(resolve));
        return { subject: rawHeaders[1], groups: [] } as unknown as User;
      },
    };
    const slow = guardOf(verifier);
    const requests = ['first', 'second', 'third'].map((subject) => ({ rawHeaders: ['x-amzn-oidc-data', subject] }));
    const attempts = requests.map((request) => slow.canActivate(contextOf(request)));
    for (const letGo of [...release].reverse()) letGo();
    await Promise.all(attempts);
    expect(requests).toMatchObject(requests.map(({ rawHeaders }) => ({ user: { subject: rawHeaders[1] } })));
  });

  it('refuses a request of a shape that it does not know, even with headers', async () => {
    const request = { headers: Object.fromEntries([['x-amzn-oidc-data', login.dataTokenOf(ALICE)]]) };
    await expect(guard.canActivate(contextOf(request))).rejects.toMatchObject({ code: 'DATA_MISSING' });
    expect(request).not.toHaveProperty('user');
  });

  it.each(['rpc', 'graphql'])('does not let %s through', async (type) => {
    await expect(guard.canActivate(contextOf({ rawHeaders: login.headersOf(ALICE) }, type))).resolves.toBe(false);
  });

  it('says who it is that it refuses for want of a group', async () => {
    const request = { rawHeaders: login.headersOf(ALICE) };
    const context = contextOf(request);
    Groups('owners')(context.getHandler() as never);
    await expect(guard.canActivate(context)).rejects.toMatchObject({ code: 'GROUP_REQUIRED' });
    expect(request).toHaveProperty('user.subject', ALICE.subject);
  });

  it('sets no user when a fault of our own comes up, and hides nothing of it', async () => {
    const fault = new TypeError('a fault');
    const fails = () => Promise.reject(fault);
    const broken = guardOf({ verifyAlb: fails, verifyBearer: fails, bearerKey: fails });
    const request = { rawHeaders: login.headersOf(ALICE) };
    await expect(broken.canActivate(contextOf(request))).rejects.toBe(fault);
    expect(request).not.toHaveProperty('user');
  });

  it('does not take a verifier that finds nobody for one that found somebody', async () => {
    const nobody = () => Promise.resolve(undefined as never);
    const request = { rawHeaders: login.headersOf(ALICE) };
    const attempt = guardOf({ verifyAlb: nobody, verifyBearer: nobody, bearerKey: nobody }).canActivate(
      contextOf(request),
    );
    await expect(attempt).rejects.toBeInstanceOf(ClaimsException);
  });
});
