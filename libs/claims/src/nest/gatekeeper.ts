import { Inject, Injectable, Logger } from '@nestjs/common';
import { hasAlbHeaders } from '../alb-headers.ts';
import { ClaimsError } from '../error.ts';
import { type CheckedSettings } from '../settings.ts';
import { type User } from '../user.ts';
import { AlbStrategy } from './alb.strategy.ts';
import { authenticate } from './authenticate.ts';
import { BearerStrategy } from './bearer.strategy.ts';
import { challenge } from './challenge.ts';
import { type ClaimsRequest, rawHeadersOf } from './request.ts';
import { type ClosedAccess, requireAccess } from './route-access.ts';
import { CLAIMS_SETTINGS } from './tokens.ts';

/** A refusal, and the challenge that goes with it. */
export interface Refusal {
  readonly error: ClaimsError;
  /** Value of `WWW-Authenticate`. */
  readonly challenge: string | undefined;
}

/** Judges HTTP requests, be they for a route or for an upgrade to WebSocket. */
@Injectable()
export class Gatekeeper {
  private readonly logger = new Logger('Claims');

  constructor(
    @Inject(AlbStrategy) private readonly alb: AlbStrategy,
    @Inject(BearerStrategy) private readonly bearer: BearerStrategy,
    @Inject(CLAIMS_SETTINGS) private readonly settings: CheckedSettings,
  ) {}

  /**
   * Whom the request comes from, who is `request.user` from then on.
   *
   * @throws {ClaimsError} (the promise rejects) when nobody is believed, or who is believed may not
   */
  async admit(request: ClaimsRequest, access: ClosedAccess): Promise<User> {
    const user = await authenticate(isBearer(request) ? this.bearer : this.alb, request);
    // Before the access: who was refused is known, and an exception filter may say so to them.
    request.user = user;
    requireAccess(user, access);
    return user;
  }

  /**
   * What to answer for an error of `admit`, which is logged. Faults of our own are thrown again: they are no refusal.
   */
  refusal(request: ClaimsRequest, { scopes }: ClosedAccess, error: unknown): Refusal {
    if (!(error instanceof ClaimsError)) throw error;
    this.logger.warn(`${error.code}: ${error.message}`);
    const bearerAccepted = this.settings.bearerClientIds.length > 0;
    return { error, challenge: challenge(error, { bearerSent: isBearer(request), bearerAccepted, scopes }) };
  }
}

/**
 * Which strategy judges a request. The load balancer's headers are decisive when any is there, and the other strategy
 * is never tried after one refused: a credential that is present and bad must not be outvoted by another.
 */
function isBearer(request: ClaimsRequest): boolean {
  const rawHeaders = rawHeadersOf(request);
  if (hasAlbHeaders(rawHeaders)) return false;
  return rawHeaders.some((name, index) => index % 2 === 0 && name.toLowerCase() === 'authorization');
}
