import { ClaimsModule } from '@gatehouse/claims/nest';
import { type DynamicModule, Module } from '@nestjs/common';

import { AdminController } from './admin/admin.controller.ts';
import { AssetsController } from './assets/assets.controller.ts';
import { AuditLog } from './audit/audit-log.ts';
import { UnknownController } from './errors/unknown.controller.ts';
import { HealthController } from './health/health.controller.ts';
import { HomeController } from './home/home.controller.ts';
import { DRAIN, type Drain } from './http/drain.ts';
import { type Log, LOG } from './log/log.ts';
import { LogoutController } from './logout/logout.controller.ts';
import { MeController } from './me/me.controller.ts';
import { RateLimitModule } from './rate-limit/rate-limit.module.ts';
import { CLOCK, type Clock } from './session/clock.ts';
import { ENDED_SESSIONS, EndedSessions } from './session/ended-sessions.ts';
import { claimsSettings } from './settings/claims-settings.ts';
import { type Settings, SETTINGS } from './settings/settings.ts';
import { type UserPool } from './users/user-pool.ts';
import { UsersModule } from './users/users.module.ts';

/** What is outside of the application. */
export interface AppEdges {
  /** @default the time */
  readonly clock?: Clock;
  readonly log: Log;
  readonly drain: Drain;
  /** @default the pool that the settings name, if any */
  readonly userPool?: UserPool;
}

/** The application: its routes, behind the guard that ClaimsModule puts before each that is not `@Public()`. */
@Module({})
export class AppModule {
  static forSettings(settings: Settings, edges: AppEdges): DynamicModule {
    const { clock = () => new Date(), log, drain, userPool } = edges;
    const ended = new EndedSessions(settings.sessionTimeoutSeconds, clock);
    return {
      module: AppModule,
      imports: [
        ClaimsModule.forRoot(claimsSettings(settings), { isEnded: (user) => ended.has(user) }),
        RateLimitModule.forSettings(settings, clock),
        UsersModule.forSettings({ settings, clock, log, ended, userPool }),
      ],
      controllers: [
        HomeController,
        MeController,
        AdminController,
        LogoutController,
        HealthController,
        AssetsController,
        UnknownController,
      ],
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: CLOCK, useValue: clock },
        { provide: ENDED_SESSIONS, useValue: ended },
        { provide: LOG, useValue: log },
        { provide: DRAIN, useValue: drain },
        AuditLog,
      ],
    };
  }
}
