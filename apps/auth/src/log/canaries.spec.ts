import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';

import { Public } from '@gatehouse/claims/nest';
import {
  type CanActivate,
  Controller,
  Get,
  HttpException,
  Injectable,
  Logger,
  Module,
  UseGuards,
} from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ada, browser, RunningApp, settings } from '../testdata/running-app.ts';

const CANARY = 'c4n4ry';

@Injectable()
class FailingGuard implements CanActivate {
  canActivate(): never {
    throw new Error(`guard: ${CANARY}`, { cause: { headers: { cookie: CANARY } } });
  }
}

/** Errors as code throws them that was not written with a log in mind. */
@Controller('failing')
class FailingController {
  @Get('error')
  @Public()
  error(): never {
    const cause = Object.assign(new TypeError(`Invalid header value: Bearer ${CANARY}`), { rawPacket: CANARY });
    throw Object.assign(new Error(`x\n    at ${CANARY} (/${CANARY}.ts:1:1)`, { cause }), { headers: { a: CANARY } });
  }

  @Get('http')
  @Public()
  http(): never {
    throw new HttpException({ code: `=${CANARY}`, message: CANARY }, 500, { cause: new Error(CANARY) });
  }

  @Get('text')
  @Public()
  text(): never {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- what some libraries do
    throw CANARY;
  }

  @Get('guard')
  @Public()
  @UseGuards(FailingGuard)
  guard(): void {}

  @Get('logging')
  @Public()
  logging(): string {
    new Logger('Careless').warn({ headers: { cookie: CANARY } });
    new Logger('Careless').error(new Error(CANARY));
    return 'logged';
  }
}

@Module({ controllers: [FailingController] })
class FailingModule {}

let app: RunningApp;
let port: number;
beforeAll(async () => {
  app = await RunningApp.start(undefined, undefined, { imports: [FailingModule] });
  await app.nest.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = app.nest.getHttpServer().address() as AddressInfo);
});
afterAll(() => app.nest.close());

/** What a request can carry that is nobody else's business. */
const planted = {
  cookie: `AWSELBAuthSessionCookie-0=${CANARY}; AWSELBAuthSessionCookie-1=${CANARY}`,
  'user-agent': CANARY,
  referer: `https://app.example.com/?${CANARY}`,
  [`x-${CANARY}`]: CANARY,
  'x-amzn-trace-id': `Root=${CANARY};Self=${CANARY}`,
  'x-forwarded-for': CANARY,
  'x-request-id': CANARY,
};

/** Sends bytes as they are. @returns what came back */
async function raw(bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString())).on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return answer;
}

/** How often something planted came out: a number, as a failure should not print it either. */
const leaks = (): number => app.lines.join('').split(CANARY).length - 1;

describe('the log', () => {
  it.each<[string, string, number]>([
    ['GET', `/logged-out?code=${CANARY}#${CANARY}`, 200],
    ['GET', '/failing/error', 500],
    ['GET', '/failing/http', 500],
    ['GET', '/failing/text', 500],
    ['GET', '/failing/guard', 500],
    ['GET', '/failing/logging', 200],
    ['GET', `/?${CANARY}`, 401],
    ['POST', `/logout?${CANARY}`, 403],
    ['OPTIONS', '*', 401],
  ])('of %s %s holds nothing that was sent along', async (method, url, status) => {
    const before = app.lines.length;
    const authorization = `Bearer ${CANARY}`;
    const identity = { 'x-amzn-oidc-data': CANARY, 'x-amzn-oidc-identity': CANARY, 'x-amzn-oidc-accesstoken': CANARY };
    for (const headers of [planted, { ...planted, ...browser, ...identity }, { ...planted, authorization }]) {
      const answer = await app.request(method as 'GET', url, headers);
      expect(answer.status).toBe(status);
    }
    expect(app.lines.length).toBeGreaterThanOrEqual(before + 3);
    expect(leaks()).toBe(0);
  });

  it('of somebody signed in holds their subject, and no part of their tokens', async () => {
    const headers = app.as(ada);
    const before = app.lines.length;
    expect((await app.get(`/api/me?${CANARY}`, { ...planted, ...headers })).status).toBe(200);
    expect((await app.get('/api/me', { ...headers, 'x-amzn-oidc-identity': 'other' })).status).toBe(401);
    expect((await app.request('POST', '/logout', { ...headers, origin: settings.publicUrl })).status).toBe(303);
    const said = app.lines.slice(before).join('');
    expect(said).toContain(ada.subject);
    for (const name of ['x-amzn-oidc-data', 'x-amzn-oidc-accesstoken']) {
      for (const part of (headers[name] ?? '').split('.').filter((text) => text.length > 8)) {
        expect(said).not.toContain(part.slice(0, 16));
      }
    }
    expect(said).not.toContain('ada@example.com');
    expect(said).not.toContain(CANARY);
  });

  it.each<[string, string, string]>([
    ['400 MALFORMED_REQUEST', `GET / HTTP/1.1\r\nHost: x\r\nCookie : ${CANARY}\r\n\r\n`, '400'],
    ['400 MALFORMED_REQUEST', `${CANARY} / HTTP/1.1\r\n\r\n`, '400'],
    ['431 HEADERS_TOO_LARGE', `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${CANARY.repeat(12_000)}\r\n\r\n`, '431'],
  ])('of %s, which is no request, has one line without its bytes', async (code, bytes, status) => {
    const before = app.lines.length;
    const answer = await raw(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).not.toContain(CANARY);
    const [said] = app.lines.slice(before).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(`${String(said?.['status'])} ${String(said?.['code'])}`).toBe(code);
    expect(app.lines).toHaveLength(before + 1);
    expect(leaks()).toBe(0);
  });

  it('of a URL that cannot be decoded has one line without it', async () => {
    const before = app.lines.length;
    const asked = `GET /%zz${CANARY}?${CANARY} HTTP/1.1\r\nHost: x\r\nCookie: ${CANARY}\r\nConnection: close\r\n\r\n`;
    expect(await raw(asked)).toMatch(/^HTTP\/1.1 400 /);
    expect(app.logged('request').at(-1)).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(app.lines).toHaveLength(before + 1);
    expect(leaks()).toBe(0);
  });

  it('of a body holds nothing: too large, of no type that is read, not what it says it is', async () => {
    const before = app.lines.length;
    for (const [type, body] of [
      ['application/json', `{"password":"${CANARY}"`],
      ['application/x-www-form-urlencoded', `password=${CANARY}`],
      ['application/json', JSON.stringify({ password: CANARY.repeat(4000) })],
      [`text/${CANARY}`, CANARY],
    ] as const) {
      await app.nest.inject({ method: 'POST', url: '/logout', headers: { ...planted, 'content-type': type }, body });
    }
    expect(app.lines.length).toBeGreaterThanOrEqual(before + 4);
    expect(leaks()).toBe(0);
  });

  it('has one line a request, that can be read as JSON', async () => {
    const before = app.logged('request').length;
    for (let time = 0; time < 5; time++) await app.get('/api/me', app.as(ada));
    expect(app.logged('request')).toHaveLength(before + 5);
    for (const line of app.lines) expect(line.indexOf('\n')).toBe(line.length - 1);
  });
});
