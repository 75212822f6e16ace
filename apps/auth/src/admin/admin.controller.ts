import { type User } from '@gatehouse/claims';
import { CurrentUser, Groups } from '@gatehouse/claims/nest';
import { Controller, Get, Header, Inject } from '@nestjs/common';

import { type Settings, SETTINGS } from '../settings/settings.ts';
import { html, render } from '../ui/render.ts';
import { AdminPage } from './admin-page.tsx';

@Groups('admins')
@Controller('admin')
export class AdminController {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  @Get()
  @Header('content-type', html)
  admin(@CurrentUser() user: User): string {
    return render(AdminPage, { user, settings: this.settings });
  }
}
