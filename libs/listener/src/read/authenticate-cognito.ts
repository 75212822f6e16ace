import { z } from 'zod';
import { type AuthenticateCognitoAction } from '../model.ts';
import { block, integer, literal, parse, type Place, reference } from './field.ts';

/** Source: ELBv2 API, AuthenticateCognitoActionConfig. No maximum of the session timeout is published. */
const body = block(
  z.strictObject({
    user_pool_arn: reference,
    user_pool_client_id: reference,
    user_pool_domain: reference,
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
  }),
);

/** An `authenticate_cognito` block. @throws ListenerError `INVALID_FIELD`, `UNKNOWN_FIELD`, `UNRESOLVED_VALUE` */
export function readAuthenticateCognito(written: unknown, place: Place): AuthenticateCognitoAction {
  const read = parse(body, written, place);
  return {
    type: 'authenticate-cognito',
    userPoolArn: read.user_pool_arn,
    userPoolClientId: read.user_pool_client_id,
    userPoolDomain: read.user_pool_domain,
    sessionCookieName: read.session_cookie_name,
    scope: read.scope,
    sessionTimeoutSeconds: read.session_timeout ?? 604_800,
    onUnauthenticatedRequest: read.on_unauthenticated_request,
    authenticationRequestExtraParams: read.authentication_request_extra_params,
  };
}
