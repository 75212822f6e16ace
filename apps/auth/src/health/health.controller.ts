import { Public } from '@gatehouse/claims/nest';
import { type BeforeApplicationShutdown, Controller, Get, ServiceUnavailableException } from '@nestjs/common';

/**
 * For the load balancer and for ECS, who come without a user. Says nothing about the application but that it answers.
 *
 * Neither looks at Cognito or at the key hosts: were one of them down, every task would be replaced, to no avail, and
 * the users whose keys are known would lose the service too.
 */
@Public()
@Controller('health')
export class HealthController implements BeforeApplicationShutdown {
  #closing = false;

  beforeApplicationShutdown(): void {
    this.#closing = true;
  }

  /** The process answers. */
  @Get('live')
  live(): { readonly status: 'live' } {
    return { status: 'live' };
  }

  /** It may be given new requests: not any more once it was told to stop. */
  @Get('ready')
  ready(): { readonly status: 'ready' } {
    if (this.#closing) throw new ServiceUnavailableException({ code: 'CLOSING' });
    return { status: 'ready' };
  }
}
