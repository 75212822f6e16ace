import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ClaimsException } from './claims.exception.ts';
import { connections } from './connections.ts';
import { Gatekeeper } from './gatekeeper.ts';
import { type ClaimsRequest } from './request.ts';
import { type ClosedAccess, type Place, type RouteAccess, routeAccess } from './route-access.ts';

/** The part of a response that Fastify's reply and Express's response have in common. */
interface HeaderTarget {
  header(name: string, value: string): unknown;
}

/**
 * Closed by default: lets a request or a message through when its handler is `@Public()`, or when it comes from a user
 * whom the verifier believes and who has what the handler asks for.
 */
@Injectable()
export class ClaimsGuard implements CanActivate {
  /** By method, then by controller: a method that is inherited has several. */
  private readonly accesses = new WeakMap<Place, WeakMap<Place, RouteAccess>>();

  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Gatekeeper) private readonly gatekeeper: Gatekeeper,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const type = context.getType();
    // What other transports carry is not understood here, and so not let through.
    if (type !== 'http' && type !== 'ws') return false;
    const access = this.accessOf(context.getHandler(), context.getClass());
    if (access.public) return true;
    return type === 'http' ? this.admitRequest(context, access) : this.admitMessage(context, access);
  }

  /** Read once: what decorators say does not change, and to ask for it costs more than to verify a known token. */
  private accessOf(handler: Place, controller: Place): RouteAccess {
    const known = this.accesses.get(handler)?.get(controller);
    if (known !== undefined) return known;
    const access = routeAccess(this.reflector, [handler, controller]);
    const ofHandler = this.accesses.get(handler) ?? new WeakMap<Place, RouteAccess>();
    this.accesses.set(handler, ofHandler.set(controller, access));
    return access;
  }

  private async admitRequest(context: ExecutionContext, access: ClosedAccess): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<ClaimsRequest>();
    try {
      await this.gatekeeper.admit(request, access);
      return true;
    } catch (fault) {
      const { error, challenge } = this.gatekeeper.refusal(request, access, fault);
      if (challenge !== undefined) http.getResponse<HeaderTarget>().header('www-authenticate', challenge);
      throw new ClaimsException(error);
    }
  }

  /** A client that did not come through `ClaimsWsAdapter`, or whose session has ended, is nobody. */
  private async admitMessage(context: ExecutionContext, access: ClosedAccess): Promise<boolean> {
    const connection = connections.get(context.switchToWs().getClient<object>());
    await connection?.check(access);
    return connection !== undefined;
  }
}
