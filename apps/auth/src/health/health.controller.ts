import { Public } from '@gatehouse/claims/nest';
import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';

import { DRAIN, type Drain } from '../http/drain.ts';
import { Unlimited } from '../rate-limit/unlimited.decorator.ts';

/**
 * For the load balancer and for ECS, who come without a user. Says nothing about the application but that it answers.
 *
 * Neither looks at Cognito or at the key hosts: were one of them down, every task would be replaced, to no avail, and
 * the users whose keys are known would lose the service too.
 *
 * Not limited: all nodes of a load balancer ask from few addresses, and a refusal would take the task out of service.
 */
@Public()
@Unlimited()
@Controller('health')
export class HealthController {
  constructor(@Inject(DRAIN) private readonly drain: Drain) {}

  /** The process answers. */
  @Get('live')
  live(): { readonly status: 'live' } {
    return { status: 'live' };
  }

  /** It may be given new requests: not any more once it was told to stop. */
  @Get('ready')
  ready(): { readonly status: 'ready' } {
    if (this.drain.begun) throw new ServiceUnavailableException({ code: 'CLOSING' });
    return { status: 'ready' };
  }
}
