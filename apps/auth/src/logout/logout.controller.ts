import { ClaimsError, type ClaimsVerifier } from '@gatehouse/claims';
import { CLAIMS_VERIFIER, Public } from '@gatehouse/claims/nest';
import { Controller, Get, Header, Inject, Post, Redirect, Req, Res, UseGuards } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';

import { AuditLog } from '../audit/audit-log.ts';
import { Change } from '../audit/change.decorator.ts';
import { ENDED_SESSIONS, type EndedSessions } from '../session/ended-sessions.ts';
import { type Settings, SETTINGS } from '../settings/settings.ts';
import { html, render } from '../ui/render.ts';
import { SignedOutPage, SignOutPage } from './logout-pages.tsx';
import { expiredSessionCookies, hostedLogoutUrl } from './logout.ts';
import { SameOriginGuard } from './same-origin.guard.ts';

@Controller()
export class LogoutController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLAIMS_VERIFIER) private readonly verifier: ClaimsVerifier,
    @Inject(ENDED_SESSIONS) private readonly ended: EndedSessions,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  /**
   * Ends the session: in the browser, at Cognito, and here, where a copy of the cookie would still be good.
   *
   * Public, because the way out must be open just when nobody can be verified: with a session that this application
   * refuses, or while a key host is down, a person would otherwise be caught in it. It reveals nothing, and changes
   * nothing but the session and the cookies of the browser that asks, which the same-origin check protects. At the
   * load balancer the path is not public: somebody without a session is sent to the login first, and comes back
   * with a GET.
   */
  @Post('logout')
  @Public()
  @Change('session.end')
  @UseGuards(SameOriginGuard)
  @Redirect(undefined, 303)
  async logout(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly url: string }> {
    await this.endHere(request);
    void reply.header('set-cookie', [...expiredSessionCookies(this.settings)]);
    return { url: hostedLogoutUrl(this.settings) };
  }

  /** Nobody who cannot be verified has a session here that could be ended. */
  private async endHere(request: FastifyRequest): Promise<void> {
    try {
      const user = await this.verifier.verifyAlb(request.raw.rawHeaders);
      this.ended.end(user);
      this.audit.done(request, { action: 'session.end', actor: user, target: `user:${user.subject}` });
    } catch (error) {
      if (!(error instanceof ClaimsError)) throw error;
    }
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
