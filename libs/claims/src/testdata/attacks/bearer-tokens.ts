import { type ClaimsErrorCode } from '../../error.ts';
import { pad } from '../../testing/encode.ts';
import { type LocalLogin } from '../../testing/index.ts';
import { ALICE, API_CLIENT, SETTINGS } from '../world.ts';
import { type Json, nextLetter, OTHER_ISSUER, parsePart, seconds, STRANGER } from './forge.ts';

/** A bearer token that must be refused, and what the refusal is called. */
export interface BearerAttack {
  readonly name: string;
  readonly code: ClaimsErrorCode;
  readonly token: (login: LocalLogin) => string;
}

/** A good bearer token with claims changed, signed by this pool. */
function issued(login: LocalLogin, payload: Json, header: Json = {}, pool = login.pool): string {
  const [headerPart, payloadPart] = login.accessTokenOf(ALICE, API_CLIENT).split('.');
  return pool.sign({ ...parsePart(headerPart), ...header }, { ...parsePart(payloadPart), ...payload });
}

function invalid(name: string, token: (login: LocalLogin) => string): BearerAttack {
  return { name, code: 'BEARER_INVALID', token };
}

/** Bearer tokens that must not get in. */
export const BEARER_ATTACKS: readonly BearerAttack[] = [
  invalid('no token', () => 'abc'),
  invalid("the load balancer's data token", (login) => login.dataTokenOf(ALICE)),
  invalid("an access token of the load balancer's client", (login) => login.accessTokenOf(ALICE)),
  invalid('an ID token', (login) => issued(login, { token_use: 'id', aud: API_CLIENT })),
  invalid('another pool', (login) => issued(login, { iss: OTHER_ISSUER })),
  invalid('client_id missing, aud in its place', (login) => issued(login, { client_id: undefined, aud: API_CLIENT })),
  invalid('alg none', (login) => issued(login, {}, { alg: 'none' })),
  invalid('alg RS512', (login) => issued(login, {}, { alg: 'RS512' })),
  invalid('exp missing', (login) => issued(login, { exp: undefined })),
  invalid('not valid yet', (login) => issued(login, { nbf: seconds() + 600 })),
  invalid("another key's signature", (login) => issued(login, {}, {}, STRANGER)),
  invalid('a key that the pool does not have', (login) => issued(login, {}, { kid: 'other' })),
  invalid('padded', (login) => login.accessTokenOf(ALICE, API_CLIENT).split('.').map(pad).join('.')),
  invalid('another spelling', (login) => login.accessTokenOf(ALICE, API_CLIENT).replace(/.$/, nextLetter)),
  invalid('scope as a list', (login) => issued(login, { scope: [SETTINGS.clientId] })),
  { name: 'expired', code: 'BEARER_EXPIRED', token: (login) => issued(login, { exp: seconds() - 6 }) },
];
