import { type User } from '@gatehouse/claims';
import { CurrentUser } from '@gatehouse/claims/nest';
import { Controller, Get, Header, Inject } from '@nestjs/common';

import { CLOCK, type Clock } from '../session/clock.ts';
import { sessionEnd } from '../session/session-end.ts';
import { type Settings, SETTINGS } from '../settings/settings.ts';
import { html, render } from '../ui/render.ts';
import { HomePage } from './home-page.tsx';

@Controller()
export class HomeController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', html)
  home(@CurrentUser() user: User): string {
    const { sessionTimeoutSeconds } = this.settings;
    const now = this.clock();
    const end = user.via === 'alb' ? sessionEnd(user.authenticatedAt, sessionTimeoutSeconds, now) : undefined;
    return render(HomePage, { user, end, sessionTimeoutSeconds, now });
  }
}
