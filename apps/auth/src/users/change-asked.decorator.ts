import { type User } from '@gatehouse/claims';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';

/** Who asks for a change of whom. */
export interface AskedChange {
  readonly request: FastifyRequest;
  readonly actor: User;
  /** As the path has it: not looked at yet. */
  readonly username: string;
}

interface RouteOfUser {
  readonly Params: { readonly username: string };
}

/** What each change of a user begins with. For closed routes below `:username` alone: the guard has put the user there. */
export const ChangeAsked = createParamDecorator((_: unknown, context: ExecutionContext): AskedChange => {
  const request = context.switchToHttp().getRequest<FastifyRequest<RouteOfUser> & { readonly user: User }>();
  return { request, actor: request.user, username: request.params.username };
});
