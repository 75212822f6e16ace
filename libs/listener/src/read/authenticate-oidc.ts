import { z } from 'zod';
import { type AuthenticateOidcAction } from '../model.ts';
import { block, httpsUrl, parse, type Place, reference, unread } from './field.ts';
import { sessionFields, sessionOf } from './session.ts';

/**
 * Source: ELBv2 API, AuthenticateOidcActionConfig: "This must be a full URL, including the HTTPS protocol, the domain, and the
 * path" of each of the four. The client secret is a secret, and is not read.
 */
const body = block(
  z.strictObject({
    issuer: httpsUrl,
    authorization_endpoint: httpsUrl,
    token_endpoint: httpsUrl,
    user_info_endpoint: httpsUrl,
    client_id: reference,
    ...unread('client_secret'),
    ...sessionFields,
  }),
);

/** An `authenticate_oidc` block. @throws ListenerError `INVALID_FIELD`, `UNKNOWN_FIELD`, `UNRESOLVED_VALUE` */
export function readAuthenticateOidc(written: unknown, place: Place): AuthenticateOidcAction {
  const read = parse(body, written, place);
  return {
    type: 'authenticate-oidc',
    issuer: read.issuer,
    authorizationEndpoint: read.authorization_endpoint,
    tokenEndpoint: read.token_endpoint,
    userInfoEndpoint: read.user_info_endpoint,
    clientId: read.client_id,
    ...sessionOf(read),
  };
}
