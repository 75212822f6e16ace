import { ClaimsModule } from '@gatehouse/claims/nest';
import { type DynamicModule, Module } from '@nestjs/common';

import { AdminController } from './admin/admin.controller.ts';
import { AssetsController } from './assets/assets.controller.ts';
import { UnknownController } from './errors/unknown.controller.ts';
import { HealthController } from './health/health.controller.ts';
import { HomeController } from './home/home.controller.ts';
import { LogoutController } from './logout/logout.controller.ts';
import { MeController } from './me/me.controller.ts';
import { CLOCK } from './session/clock.ts';
import { type Settings, SETTINGS } from './settings/settings.ts';

/** The application: its routes, behind the guard that ClaimsModule puts before each that is not `@Public()`. */
@Module({})
export class AppModule {
  static forSettings(settings: Settings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ClaimsModule.forRoot({
          albArn: settings.albArn,
          albPublicKeysUrl: settings.albPublicKeysUrl,
          issuer: settings.cognitoIssuer,
          clientId: settings.cognitoClientId,
          jwksUrl: settings.cognitoJwksUrl,
          bearerClientIds: settings.bearerClientIds,
        }),
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
        { provide: CLOCK, useValue: () => new Date() },
      ],
    };
  }
}
