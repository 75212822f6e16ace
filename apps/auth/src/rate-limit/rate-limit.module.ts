import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';

import { CLOCK, type Clock } from '../session/clock.ts';
import { type Settings, SETTINGS } from '../settings/settings.ts';
import { RateLimitGuard } from './rate-limit.guard.ts';

/** To be imported after `ClaimsModule`: global guards run in the order in which modules bring them. */
@Module({})
export class RateLimitModule {
  static forSettings(settings: Settings, clock: Clock): DynamicModule {
    return {
      module: RateLimitModule,
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: CLOCK, useValue: clock },
        { provide: APP_GUARD, useClass: RateLimitGuard },
      ],
    };
  }
}
