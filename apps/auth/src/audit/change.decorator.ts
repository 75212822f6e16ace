import { RouteConfig } from '@nestjs/platform-fastify';
import { type FastifyRequest } from 'fastify';

/** What people change. The words are kept for ever in logs: add to them, do not rename. */
export const actions = [
  'session.end',
  'user.invite',
  'user.invite-again',
  'user.enable',
  'user.disable',
  'user.reset-password',
  'user.join-group',
  'user.leave-group',
  'user.sign-out',
] as const;

export type Action = (typeof actions)[number];

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly change?: Action;
  }
}

/** Marks a route by which a person changes something, so that its refusals get their audit line. */
export const Change = (action: Action): MethodDecorator => RouteConfig({ change: action });

/** What the route of a request changes, if anything. Not asked of a request that got to no route. */
export function changeOf({ routeOptions }: FastifyRequest): Action | undefined {
  return routeOptions.config?.change;
}
