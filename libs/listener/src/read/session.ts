import { z } from 'zod';
import { type OnUnauthenticatedRequest, type Session } from '../model.ts';
import { integer, literal } from './field.ts';

/** The arguments that both kinds of login have. No maximum of the session timeout is published. */
export const sessionFields = {
  // A cookie name is a token of RFC 9110 section 5.6.2.
  session_cookie_name: literal
    .pipe(z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'expected the name of a cookie'))
    .default('AWSELBAuthSessionCookie'),
  scope: literal.pipe(z.string().min(1)).default('openid'),
  session_timeout: integer(1, Number.MAX_SAFE_INTEGER).optional(),
  on_unauthenticated_request: z.enum(['authenticate', 'allow', 'deny']).default('authenticate'),
  authentication_request_extra_params: z
    .record(z.string().min(1), literal)
    .refine((parameters) => Object.keys(parameters).length <= 10, 'at most 10 extra parameters')
    .default({}),
};

/** The arguments as they are read. */
interface SessionArguments {
  readonly session_cookie_name: string;
  readonly scope: string;
  readonly session_timeout?: number | undefined;
  readonly on_unauthenticated_request: OnUnauthenticatedRequest;
  readonly authentication_request_extra_params: Readonly<Record<string, string>>;
}

export function sessionOf(read: SessionArguments): Session {
  return {
    sessionCookieName: read.session_cookie_name,
    scope: read.scope,
    sessionTimeoutSeconds: read.session_timeout ?? 604_800,
    onUnauthenticatedRequest: read.on_unauthenticated_request,
    authenticationRequestExtraParams: read.authentication_request_extra_params,
  };
}
