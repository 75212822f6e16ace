import { type User } from '@gatehouse/claims';
import { CurrentUser, Public } from '@gatehouse/claims/nest';
import { Controller, Get } from '@nestjs/common';

const ANSWER = { status: 'ok' } as const;

/** One route twice, so that what differs is the guard. Neither looks at the user: an open route has none. */
@Controller()
export class BenchController {
  @Get('closed')
  closed(@CurrentUser() _user: User): typeof ANSWER {
    return ANSWER;
  }

  @Get('open')
  @Public()
  open(@CurrentUser() _user: User | undefined): typeof ANSWER {
    return ANSWER;
  }
}
