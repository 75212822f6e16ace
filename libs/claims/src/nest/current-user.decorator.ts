import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type User } from '../user.ts';
import { type ClaimsRequest } from './request.ts';

/** The verified `User` of the request; undefined on a route that is `@Public()`, where nothing is verified. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): User | undefined => {
  return context.switchToHttp().getRequest<ClaimsRequest>().user as User | undefined;
});
