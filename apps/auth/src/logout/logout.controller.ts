import { Public } from '@gatehouse/claims/nest';
import { Controller, Get, Header, Inject, Post, Redirect, Res, UseGuards } from '@nestjs/common';
import { type FastifyReply } from 'fastify';

import { type Settings, SETTINGS } from '../settings/settings.ts';
import { html, render } from '../ui/render.ts';
import { SignedOutPage, SignOutPage } from './logout-pages.tsx';
import { expiredSessionCookies, hostedLogoutUrl } from './logout.ts';
import { SameOriginGuard } from './same-origin.guard.ts';

@Controller()
export class LogoutController {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /**
   * Ends the session.
   *
   * Public, because the way out must be open just when nobody can be verified: with a session that this application
   * refuses, or while a key host is down, a person would otherwise be caught in it. It reads no identity, reveals
   * nothing, and changes nothing but cookies of the browser that asks, which the same-origin check protects. At the
   * load balancer the path is not public: somebody without a session is sent to the login first, and comes back
   * with a GET.
   */
  @Post('logout')
  @Public()
  @UseGuards(SameOriginGuard)
  @Redirect(undefined, 303)
  logout(@Res({ passthrough: true }) reply: FastifyReply): { readonly url: string } {
    void reply.header('set-cookie', [...expiredSessionCookies(this.settings)]);
    return { url: hostedLogoutUrl(this.settings) };
  }

  /** The load balancer turns a POST that needs a login into this GET, which must not sign out by itself: it asks. */
  @Get('logout')
  @Header('content-type', html)
  confirm(): string {
    return render(SignOutPage, {});
  }

  @Get('logged-out')
  @Public()
  @Header('content-type', html)
  loggedOut(): string {
    return render(SignedOutPage, {});
  }
}
