import { type User, userKey } from '@gatehouse/claims';
import { type CanActivate, type ExecutionContext, HttpException, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type FastifyReply, type FastifyRequest } from 'fastify';

import { clientAddress } from '../http/client-address.ts';
import { CLOCK, type Clock } from '../session/clock.ts';
import { type Settings, SETTINGS } from '../settings/settings.ts';
import { networkOf } from './network-of.ts';
import { SlidingCounts, type Tally } from './sliding-counts.ts';
import { UNLIMITED } from './unlimited.decorator.ts';

/** The limits are a minute's. */
const WINDOW_MS = 60_000;

/** Twice for users, twice for addresses: some 10 MB, keys of 100 characters, and only where so many ask in two minutes. */
const MAX_KEYS = 20_000;

/**
 * Refuses whoever asks too much of this process: a verified user by issuer and subject, wherever they come from, so that
 * people behind one address share no limit; on public routes, where nobody is verified, an address. Users are counted
 * apart from addresses, of which anybody can have a great many.
 *
 * It stands behind the guard of the claims (see AppModule): what was refused there counts for nobody, so that forged
 * headers cannot spend the limit of the user they name.
 */
@Injectable()
export class RateLimitGuard implements CanActivate {
  readonly #users = new SlidingCounts(WINDOW_MS, MAX_KEYS);
  readonly #addresses = new SlidingCounts(WINDOW_MS, MAX_KEYS);

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    // A message of a WebSocket has neither an address nor an answer with a header: how many are too many, its gateway knows.
    if (context.getType() !== 'http') return true;
    if (this.reflector.getAllAndOverride(UNLIMITED, [context.getHandler(), context.getClass()]) === true) return true;
    const http = context.switchToHttp();
    const { admitted, waitMs } = this.#ask(http.getRequest<FastifyRequest & { readonly user?: User }>());
    if (admitted) return true;
    // RFC 9110, section 10.2.3: whole seconds.
    void http.getResponse<FastifyReply>().header('retry-after', String(Math.max(1, Math.ceil(waitMs / 1000))));
    throw new HttpException({ code: 'RATE_LIMITED' }, 429);
  }

  #ask(request: FastifyRequest & { readonly user?: User }): Tally {
    const { requestsPerMinute, publicRequestsPerMinute } = this.settings;
    const now = this.clock().getTime();
    if (request.user !== undefined) return this.#users.ask(userKey(request.user), requestsPerMinute, now);
    return this.#addresses.ask(networkOf(clientAddress(request)), publicRequestsPerMinute, now);
  }
}
