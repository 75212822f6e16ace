import { type CanActivate, type ExecutionContext, ForbiddenException, Inject, Injectable } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';

import { type Settings, SETTINGS } from '../settings/settings.ts';
import { isSameOrigin } from './same-origin.ts';

/** For routes that change something: refuses requests that no page of this application made. */
@Injectable()
export class SameOriginGuard implements CanActivate {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const secFetchSite = headers['sec-fetch-site'];
    const from = {
      origin: headers.origin,
      // Node joins repeated fields of a name it does not know into one string; the type allows for more.
      secFetchSite: Array.isArray(secFetchSite) ? secFetchSite.join() : secFetchSite,
    };
    if (isSameOrigin(this.settings.publicUrl, from)) return true;
    throw new ForbiddenException({ code: 'ORIGIN_REFUSED' });
  }
}
