import { Groups } from '@gatehouse/claims/nest';
import { Body, Controller, Get, Inject, Param, Redirect } from '@nestjs/common';

import { AuditLog } from '../audit/audit-log.ts';
import { type Action } from '../audit/change.decorator.ts';
import { ENDED_SESSIONS, type EndedSessions } from '../session/ended-sessions.ts';
import { type AskedChange, ChangeAsked } from './change-asked.decorator.ts';
import { FormRoute } from './form-route.decorator.ts';
import { type Fields, readGroup, readUsername } from './forms.ts';
import { ADMINISTRATORS, locksOut, type LosingChange } from './lock-out.ts';
import { type Notice } from './notices.ts';
import { afterChange } from './paths.ts';
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
  inviteAgain(@ChangeAsked() asked: AskedChange): Promise<Redirection> {
    // By the address: it is what the mail tells them to sign in with.
    const make = ({ email, username }: PoolUser): Promise<void> => this.pool.inviteAgain(email ?? username);
    return this.change(asked, { action: 'user.invite-again', notice: 'invited', make });
  }

  @FormRoute('disable', 'user.disable')
  disable(@ChangeAsked() asked: AskedChange): Promise<Redirection> {
    return this.change(asked, {
      action: 'user.disable',
      notice: 'disabled',
      loses: { kind: 'disable' },
      make: async ({ username, subject }) => {
        await this.pool.disable(username);
        this.ended.endAll({ issuer: asked.actor.issuer, subject });
      },
    });
  }

  @FormRoute('enable', 'user.enable')
  enable(@ChangeAsked() asked: AskedChange): Promise<Redirection> {
    const make = ({ username }: PoolUser): Promise<void> => this.pool.enable(username);
    return this.change(asked, { action: 'user.enable', notice: 'enabled', make });
  }

  @FormRoute('reset-password', 'user.reset-password')
  resetPassword(@ChangeAsked() asked: AskedChange): Promise<Redirection> {
    const make = ({ username }: PoolUser): Promise<void> => this.pool.resetPassword(username);
    return this.change(asked, { action: 'user.reset-password', notice: 'reset', make });
  }

  @FormRoute('join-group', 'user.join-group')
  joinGroup(@ChangeAsked() asked: AskedChange, @Body() form: Fields): Promise<Redirection> {
    const group = readGroup(form);
    const make = ({ username }: PoolUser): Promise<void> => this.pool.joinGroup(username, group);
    return this.change(asked, { action: 'user.join-group', notice: 'joined', group, make });
  }

  @FormRoute('leave-group', 'user.leave-group')
  leaveGroup(@ChangeAsked() asked: AskedChange, @Body() form: Fields): Promise<Redirection> {
    const group = readGroup(form);
    return this.change(asked, {
      action: 'user.leave-group',
      notice: 'left',
      loses: { kind: 'leave', group },
      group,
      make: ({ username }) => this.pool.leaveGroup(username, group),
    });
  }

  @FormRoute('sign-out', 'user.sign-out')
  signOut(@ChangeAsked() asked: AskedChange): Promise<Redirection> {
    return this.change(asked, {
      action: 'user.sign-out',
      notice: 'signedOut',
      make: async ({ username, subject }) => {
        await this.pool.signOut(username);
        this.ended.endAll({ issuer: asked.actor.issuer, subject });
      },
    });
  }

  /** Where a login comes back to that the load balancer asked for at a POST: nothing was done, and the page says so. */
  @Get(':change')
  @Redirect(undefined, 303)
  again(@Param('username') username: string): Redirection {
    return { url: afterChange(readUsername(username), 'nothing') };
  }

  /** Asks who is meant before it changes them: a path may name somebody by an alias, and logs name subjects. */
  private async change(
    { request, actor, username }: AskedChange,
    { action, notice, loses, group, make }: UserChange,
  ): Promise<Redirection> {
    const user = await this.pool.find(readUsername(username));
    const target = `user:${user.subject}`;
    this.audit.concerns(request, { target, group });
    if (loses !== undefined && locksOut(actor, user, loses)) throw refuse('OWN_ACCOUNT');
    await make(user);
    this.audit.done(request, { action, actor, target, group });
    return { url: afterChange(user.username, notice) };
  }
}
