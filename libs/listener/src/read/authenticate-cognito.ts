import { z } from 'zod';
import { type AuthenticateCognitoAction } from '../model.ts';
import { block, parse, type Place, reference } from './field.ts';
import { sessionFields, sessionOf } from './session.ts';

/** Source: ELBv2 API, AuthenticateCognitoActionConfig. */
const body = block(
  z.strictObject({
    user_pool_arn: reference,
    user_pool_client_id: reference,
    user_pool_domain: reference,
    ...sessionFields,
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
    ...sessionOf(read),
  };
}
