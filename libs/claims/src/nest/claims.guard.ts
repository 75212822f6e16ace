import { type CanActivate, type ExecutionContext, Inject, Injectable, Logger } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { hasAlbHeaders, type RawHeaders } from '../alb-headers.ts';
import { ClaimsError } from '../error.ts';
import { type CheckedSettings } from '../settings.ts';
import { AlbStrategy } from './alb.strategy.ts';
import { authenticate } from './authenticate.ts';
import { BearerStrategy } from './bearer.strategy.ts';
import { challenge } from './challenge.ts';
import { ClaimsException } from './claims.exception.ts';
import { type ClaimsRequest, rawHeadersOf } from './request.ts';
import { routeAccess } from './route-access.ts';
import { CLAIMS_SETTINGS } from './tokens.ts';

/** The part of a response that Fastify's reply and Express's response have in common. */
interface HeaderTarget {
  header(name: string, value: string): unknown;
}

/**
 * Closed by default: lets a request through when its route is `@Public()`, or when it brings a user whom the verifier
 * believes and who is in the groups that the route asks for.
 */
@Injectable()
export class ClaimsGuard implements CanActivate {
  private readonly logger = new Logger('Claims');

  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(AlbStrategy) private readonly alb: AlbStrategy,
    @Inject(BearerStrategy) private readonly bearer: BearerStrategy,
    @Inject(CLAIMS_SETTINGS) private readonly settings: CheckedSettings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // What other transports carry is not understood here, and so not let through.
    if (context.getType() !== 'http') return false;
    const access = routeAccess(this.reflector, context);
    if (access.public) return true;

    const http = context.switchToHttp();
    const request = http.getRequest<ClaimsRequest>();
    const bearerSent = isBearer(rawHeadersOf(request));
    try {
      const user = await authenticate(bearerSent ? this.bearer : this.alb, request);
      // Before the groups: who was refused is known, and an exception filter may say so to them.
      request.user = user;
      if (access.groupSets.every((groups) => groups.some((group) => user.groups.includes(group)))) return true;
      throw new ClaimsError('GROUP_REQUIRED');
    } catch (error) {
      if (!(error instanceof ClaimsError)) throw error;
      const bearerAccepted = this.settings.bearerClientIds.length > 0;
      const header = challenge(error, { bearerSent, bearerAccepted });
      if (header !== undefined) http.getResponse<HeaderTarget>().header('www-authenticate', header);
      this.logger.warn(`${error.code}: ${error.message}`);
      throw new ClaimsException(error);
    }
  }
}

/**
 * Which strategy judges a request. The load balancer's headers are decisive when any is there, and the other strategy
 * is never tried after one refused: a credential that is present and bad must not be outvoted by another.
 */
function isBearer(rawHeaders: RawHeaders): boolean {
  const authorization = rawHeaders.some((name, index) => index % 2 === 0 && name.toLowerCase() === 'authorization');
  return authorization && !hasAlbHeaders(rawHeaders);
}
