import { type DynamicModule, Module } from '@nestjs/common';

import { AuditLog } from '../audit/audit-log.ts';
import { CLOCK, type Clock } from '../session/clock.ts';
import { ENDED_SESSIONS, type EndedSessions } from '../session/ended-sessions.ts';
import { type Log, LOG } from '../log/log.ts';
import { type Settings, SETTINGS } from '../settings/settings.ts';
import { CognitoUserPool } from './cognito-user-pool.ts';
import { USER_POOL, type UserPool } from './user-pool.ts';
import { UserChangesController } from './user-changes.controller.ts';
import { UsersController } from './users.controller.ts';

/** What the rest of the application lends to the user administration. */
export interface UsersEdges {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Log;
  readonly ended: EndedSessions;
  /** @default the pool that the settings name, through the AWS SDK */
  readonly userPool?: UserPool | undefined;
}

/** `/admin/users`: there is no such path where the settings name no pool to administer. */
@Module({})
export class UsersModule {
  static forSettings({ settings, clock, log, ended, userPool }: UsersEdges): DynamicModule {
    const { userPoolId } = settings;
    if (userPoolId === undefined) return { module: UsersModule };
    return {
      module: UsersModule,
      controllers: [UsersController, UserChangesController],
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: CLOCK, useValue: clock },
        { provide: LOG, useValue: log },
        { provide: ENDED_SESSIONS, useValue: ended },
        { provide: USER_POOL, useFactory: () => userPool ?? cognito(userPoolId) },
        AuditLog,
      ],
    };
  }
}

/** The SDK is loaded when the first page asks for it: most processes are never asked, and it costs them memory. */
function cognito(poolId: string): UserPool {
  return new CognitoUserPool(poolId, async () => (await import('./connect-user-pool.ts')).connectUserPool(poolId));
}
