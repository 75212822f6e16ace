import { type User } from '@gatehouse/claims';
import { CurrentUser } from '@gatehouse/claims/nest';
import { Controller, Get, Inject } from '@nestjs/common';

import { CLOCK, type Clock } from '../session/clock.ts';
import { sessionEnd, type SessionEnd } from '../session/session-end.ts';
import { type Settings, SETTINGS } from '../settings/settings.ts';

/** The answer of `GET /api/me`. Instants are ISO 8601 in UTC. */
export interface Me {
  /** With `subject`, the key of the user. */
  readonly issuer: string;
  readonly subject: string;
  readonly username: string;
  readonly email?: string;
  readonly emailVerified: boolean;
  readonly name?: string;
  readonly groups: readonly string[];
  readonly scopes: readonly string[];
  readonly authenticatedAt: string;
  readonly via: User['via'];
  /** Absent for a bearer token, which has no session. */
  readonly session?: { readonly endsAt: string; readonly certainty: SessionEnd['certainty'] };
}

@Controller('api/me')
export class MeController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  me(@CurrentUser() user: User): Me {
    const { issuer, subject, username, email, emailVerified, name, groups, scopes, authenticatedAt, via } = user;
    const end = sessionEnd(authenticatedAt, this.settings.sessionTimeoutSeconds, this.clock());
    return {
      issuer,
      subject,
      username,
      ...(email !== undefined && { email }),
      emailVerified,
      ...(name !== undefined && { name }),
      groups,
      scopes,
      authenticatedAt: authenticatedAt.toISOString(),
      via,
      ...(via === 'alb' && { session: { endsAt: end.at.toISOString(), certainty: end.certainty } }),
    };
  }
}
