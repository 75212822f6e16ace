import { type User } from '@gatehouse/claims';
import { CurrentUser, Groups } from '@gatehouse/claims/nest';
import { Body, Controller, Get, Header, Inject, Param, Query, Req } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';

import { AuditLog } from '../audit/audit-log.ts';
import { CLOCK, type Clock } from '../session/clock.ts';
import { html, render } from '../ui/render.ts';
import { FormRoute } from './form-route.decorator.ts';
import { type Fields, readInvitation, readQuestion, readUsername } from './forms.ts';
import { ADMINISTRATORS } from './lock-out.ts';
import { noticeOf } from './notices.ts';
import { afterChange } from './paths.ts';
import { USER_POOL, type UserPool } from './user-pool.ts';
import { UserPage } from './user-page.tsx';
import { UsersPage } from './users-page.tsx';

/** The pages about users, and the invitation of new ones. */
@Groups(ADMINISTRATORS)
@Controller('admin/users')
export class UsersController {
  constructor(
    @Inject(USER_POOL) private readonly pool: UserPool,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  @Get()
  @Header('content-type', html)
  async list(@CurrentUser() actor: User, @Query() query: Fields): Promise<string> {
    const question = readQuestion(query);
    const list = await this.pool.list(question);
    return render(UsersPage, { actor, question, list, now: this.clock() });
  }

  @Get(':username')
  @Header('content-type', html)
  async show(
    @CurrentUser() actor: User,
    @Param('username') username: string,
    @Query('done') done: unknown,
  ): Promise<string> {
    const user = await this.pool.find(readUsername(username));
    const [groups, memberOf] = await Promise.all([this.pool.groups(), this.pool.groupsOf(user.username)]);
    return render(UserPage, { actor, user, groups, memberOf, notice: noticeOf(done), now: this.clock() });
  }

  /**
   * The invited are named by their subject in the log, as everybody is: an address is personal, and may be given to
   * somebody else.
   */
  @FormRoute('', 'user.invite')
  async invite(
    @Req() request: FastifyRequest,
    @CurrentUser() actor: User,
    @Body() form: Fields,
  ): Promise<{ readonly url: string }> {
    const invited = await this.pool.invite(readInvitation(form));
    this.audit.done(request, { action: 'user.invite', actor, target: `user:${invited.subject}` });
    return { url: afterChange(invited.username, 'invited') };
  }
}
