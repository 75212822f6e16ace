import { type User } from '@gatehouse/claims';
import { CurrentUser, Groups } from '@gatehouse/claims/nest';
import { Body, Controller, Get, Inject, Param, Redirect, Req } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';

import { AuditLog } from '../audit/audit-log.ts';
import { type Action } from '../audit/change.decorator.ts';
import { ENDED_SESSIONS, type EndedSessions } from '../session/ended-sessions.ts';
import { FormRoute } from './form-route.decorator.ts';
import { type Fields, readGroup, readUsername } from './forms.ts';
import { ADMINISTRATORS, locksOut, type LosingChange } from './lock-out.ts';
import { type Notice } from './notices.ts';
import { afterChange, userPath } from './paths.ts';
import { type PoolUser } from './pool-user.ts';
import { refuse } from './refuse.ts';
import { USER_POOL, type UserPool } from './user-pool.ts';

/** One change of one user: what it is in the log, what the page says then, and how it is made. */
interface UserChange {
  readonly action: Action;
  readonly notice: Notice;
  /** @default it takes nothing from whoever makes it */
  readonly loses?: LosingChange;
  /** @default none is meant */
  readonly group?: string;
  readonly make: (user: PoolUser) => Promise<void>;
}

interface Redirection {
  readonly url: string;
}

/** What administrators do with a user. Each change ends on the user's page, which shows what they are now. */
@Groups(ADMINISTRATORS)
@Controller('admin/users/:username')
export class UserChangesController {
  constructor(
    @Inject(USER_POOL) private readonly pool: UserPool,
    @Inject(ENDED_SESSIONS) private readonly ended: EndedSessions,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  @FormRoute('invite-again', 'user.invite-again')
  inviteAgain(
    @Req() request: FastifyRequest,
    @CurrentUser() actor: User,
    @Param('username') name: string,
  ): Promise<Redirection> {
    // By the address: it is what the mail tells them to sign in with.
    const make = ({ email, username }: PoolUser): Promise<void> => this.pool.inviteAgain(email ?? username);
    return this.change(request, actor, name, { action: 'user.invite-again', notice: 'invited', make });
  }

  @FormRoute('disable', 'user.disable')
  disable(
    @Req() request: FastifyRequest,
    @CurrentUser() actor: User,
    @Param('username') name: string,
  ): Promise<Redirection> {
    return this.change(request, actor, name, {
      action: 'user.disable',
      notice: 'disabled',
      loses: { kind: 'disable' },
      make: async ({ username, subject }) => {
        await this.pool.disable(username);
        this.ended.endAll({ issuer: actor.issuer, subject });
      },
    });
  }

  @FormRoute('enable', 'user.enable')
  enable(
    @Req() request: FastifyRequest,
    @CurrentUser() actor: User,
    @Param('username') name: string,
  ): Promise<Redirection> {
    const make = ({ username }: PoolUser): Promise<void> => this.pool.enable(username);
    return this.change(request, actor, name, { action: 'user.enable', notice: 'enabled', make });
  }

  @FormRoute('reset-password', 'user.reset-password')
  resetPassword(
    @Req() request: FastifyRequest,
    @CurrentUser() actor: User,
    @Param('username') name: string,
  ): Promise<Redirection> {
    const make = ({ username }: PoolUser): Promise<void> => this.pool.resetPassword(username);
    return this.change(request, actor, name, { action: 'user.reset-password', notice: 'reset', make });
  }

  @FormRoute('join-group', 'user.join-group')
  joinGroup(
    @Req() request: FastifyRequest,
    @CurrentUser() actor: User,
    @Param('username') name: string,
    @Body() form: Fields,
  ): Promise<Redirection> {
    const group = readGroup(form);
    const make = ({ username }: PoolUser): Promise<void> => this.pool.joinGroup(username, group);
    return this.change(request, actor, name, { action: 'user.join-group', notice: 'joined', group, make });
  }

  @FormRoute('leave-group', 'user.leave-group')
  leaveGroup(
    @Req() request: FastifyRequest,
    @CurrentUser() actor: User,
    @Param('username') name: string,
    @Body() form: Fields,
  ): Promise<Redirection> {
    const group = readGroup(form);
    return this.change(request, actor, name, {
      action: 'user.leave-group',
      notice: 'left',
      loses: { kind: 'leave', group },
      group,
      make: ({ username }) => this.pool.leaveGroup(username, group),
    });
  }

  @FormRoute('sign-out', 'user.sign-out')
  signOut(
    @Req() request: FastifyRequest,
    @CurrentUser() actor: User,
    @Param('username') name: string,
  ): Promise<Redirection> {
    return this.change(request, actor, name, {
      action: 'user.sign-out',
      notice: 'signedOut',
      make: async ({ username, subject }) => {
        await this.pool.signOut(username);
        this.ended.endAll({ issuer: actor.issuer, subject });
      },
    });
  }

  /** Where a login comes back to that the load balancer asked for at a POST: nothing was done, and the page says so. */
  @Get(':change')
  @Redirect(undefined, 303)
  again(@Param('username') name: string): Redirection {
    return { url: userPath(readUsername(name)) };
  }

  /** Asks who is meant before it changes them: a path may name somebody by an alias, and logs name subjects. */
  private async change(
    request: FastifyRequest,
    actor: User,
    name: string,
    { action, notice, loses, group, make }: UserChange,
  ): Promise<Redirection> {
    const user = await this.pool.find(readUsername(name));
    const target = `user:${user.subject}`;
    this.audit.concerns(request, { target, group });
    if (loses !== undefined && locksOut(actor, user, loses)) throw refuse('OWN_ACCOUNT');
    await make(user);
    this.audit.done(request, { action, actor, target, group });
    return { url: afterChange(user.username, notice) };
  }
}
