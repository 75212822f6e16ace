import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type User } from '../user.ts';
import { connections } from './connections.ts';
import { type ClaimsRequest } from './request.ts';

/**
 * The verified `User` of the request, or of the WebSocket that a message came by; undefined on what is `@Public()`,
 * where nothing is verified.
 */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): User | undefined => {
  if (context.getType() === 'ws') return connections.get(context.switchToWs().getClient<object>())?.user;
  return context.switchToHttp().getRequest<ClaimsRequest>().user as User | undefined;
});
