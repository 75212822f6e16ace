import { describe, expect, it, jest } from '@jest/globals';
import { Controller, Get, Logger, Module } from '@nestjs/common';
import { type NestFastifyApplication, FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { type ClaimsSettings } from '../../settings.ts';
import { ALICE, BOB, SETTINGS } from '../../testdata/world.ts';
import { LocalLogin } from '../../testing/index.ts';
import { type User } from '../../user.ts';
import { ClaimsModule, CurrentUser, Groups, Scopes } from '../index.ts';
import { ClaimsTestingModule } from './index.ts';

@Controller()
class Routes {
  @Get('me')
  me(@CurrentUser() user: User): object {
    return { subject: user.subject, via: user.via };
  }

  @Get('orders')
  @Groups('admins')
  @Scopes('orders/read')
  orders(): object {
    return {};
  }
}

/** An application as one would write it, which knows nothing of tests. */
@Module({
  imports: [ClaimsModule.forRootAsync({ useFactory: () => Promise.resolve(SETTINGS) })],
  controllers: [Routes],
})
class AppModule {}

jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);

async function withApp(
  imports: Parameters<typeof Test.createTestingModule>[0]['imports'],
  use: (app: NestFastifyApplication) => Promise<void>,
): Promise<void> {
  const testing = await Test.createTestingModule({ imports: imports ?? [] }).compile();
  const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  try {
    await app.init();
    await use(app);
  } finally {
    await app.close();
  }
}

const get = async (app: NestFastifyApplication, url: string, headers = {}): Promise<[number, unknown]> => {
  const { statusCode, body } = await app.inject({ url, headers });
  return [statusCode, JSON.parse(body)];
};

describe('ClaimsTestingModule', () => {
  it('signs in to an application that is imported as it is', async () => {
    await withApp([AppModule, ClaimsTestingModule], async (app) => {
      const { signAs, bearerAs } = app.get(ClaimsTestingModule);
      expect(await get(app, '/me', signAs(ALICE))).toEqual([200, { subject: ALICE.subject, via: 'alb' }]);
      expect(await get(app, '/me', bearerAs(BOB))).toEqual([200, { subject: BOB.subject, via: 'bearer' }]);
    });
  });

  it('leaves the application as closed as it was', async () => {
    await withApp([AppModule, ClaimsTestingModule], async (app) => {
      const { signAs, bearerAs } = app.get(ClaimsTestingModule);
      const refused = (statusCode: number, code: string): unknown => [statusCode, { statusCode, code }];
      expect(await get(app, '/me')).toEqual(refused(401, 'DATA_MISSING'));
      const forged = { ...signAs(ALICE), 'x-amzn-oidc-identity': BOB.subject };
      expect(await get(app, '/me', forged)).toEqual(refused(401, 'SUBJECT_MISMATCH'));
      const stranger = new LocalLogin(SETTINGS);
      expect(await get(app, '/me', stranger.signAs(ALICE))).toEqual(refused(401, 'KEY_UNKNOWN'));
      expect(await get(app, '/me', bearerAs(ALICE, SETTINGS.clientId))).toEqual(refused(401, 'BEARER_INVALID'));
      expect(await get(app, '/orders', signAs({ ...BOB, scopes: ['orders/read'] }))).toEqual(
        refused(403, 'GROUP_REQUIRED'),
      );
      expect(await get(app, '/orders', signAs(ALICE))).toEqual(refused(403, 'SCOPE_REQUIRED'));
      expect(await get(app, '/orders', signAs({ ...ALICE, scopes: ['openid', 'orders/read'] }))).toEqual([200, {}]);
    });
  });

  it('takes a signer of the test’s own', async () => {
    const login = new LocalLogin(SETTINGS);
    await withApp([AppModule, ClaimsTestingModule.with(login)], async (app) => {
      expect(app.get(LocalLogin)).toBe(login);
      expect(await get(app, '/me', login.signAs(ALICE))).toEqual([200, { subject: ALICE.subject, via: 'alb' }]);
      expect(login.fetched).toHaveLength(2);
    });
  });

  it('keeps what else the application says about sessions', async () => {
    const ended = ClaimsModule.forRoot(SETTINGS, { isEnded: () => true });
    @Module({ imports: [ended], controllers: [Routes] })
    class EndedModule {}
    await withApp([ClaimsTestingModule, EndedModule], async (app) => {
      const [, body] = await get(app, '/me', app.get(ClaimsTestingModule).signAs(ALICE));
      expect(body).toMatchObject({ code: 'SESSION_ENDED' });
    });
  });

  it('does not start an application with wrong settings either', async () => {
    const settings = { ...SETTINGS, clientId: '' } as ClaimsSettings;
    const starting = Test.createTestingModule({ imports: [ClaimsModule.forRoot(settings), ClaimsTestingModule] });
    await expect(starting.compile()).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });

  it('does not compile for a user without a subject', () => {
    const forget = (module: ClaimsTestingModule): unknown => {
      // @ts-expect-error: nobody is signed in without a subject
      return module.signAs({ username: 'nobody' });
    };
    expect(forget).toBeInstanceOf(Function);
  });
});
