import { type AppClientSettings, type UserPoolSettings } from '../settings/user-pool-settings.ts';
import { rawParameter, withQuery } from './raw-query.ts';

/** A request for a code that the pool is willing to answer once somebody has signed in. */
export interface AuthorizationRequest {
  readonly client: AppClientSettings;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** Still encoded, as received; `undefined` when none was sent. */
  readonly rawState: string | undefined;
  readonly nonce: string | undefined;
  /** S256 challenge (RFC 7636). An ALB sends none. */
  readonly codeChallenge: string | undefined;
}

/** What the error page is told (`/error?error=…`): the request cannot be answered by a redirect. */
export type RefusalError = 'invalid_request' | 'redirect_mismatch' | 'unauthorized_client';

export type AuthorizationDecision =
  | { readonly kind: 'accepted'; readonly request: AuthorizationRequest }
  /** Goes back to the application: `location` is its callback with `error` and `state`. */
  | { readonly kind: 'returned'; readonly location: string; readonly reason: string }
  /** Stays here, on an error page: the callback is not one that the pool may redirect to. */
  | { readonly kind: 'refused'; readonly error: RefusalError; readonly reason: string };

const parameters = [
  'client_id',
  'code_challenge',
  'code_challenge_method',
  'nonce',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
] as const;

/** Errors of the authorize endpoint that go to the callback (Developer guide, "Authorize endpoint"). */
type CallbackError = 'invalid_request' | 'invalid_scope' | 'unauthorized_client';

/**
 * Decides on a request to `/oauth2/authorize` (or `/login`, which carries the same parameters).
 *
 * The callback is compared exactly and first: an error may only be sent to a callback that has been found to belong to
 * the client (RFC 6749, section 4.1.2.1).
 *
 * @param query as received, still encoded, without the question mark
 */
export function decideAuthorization(query: string, settings: UserPoolSettings): AuthorizationDecision {
  const received = new URLSearchParams(query);
  const get = (name: (typeof parameters)[number]): string | undefined => received.get(name) ?? undefined;

  const clientId = get('client_id');
  const client = settings.clients.find(({ id }) => id === clientId);
  if (!client || received.getAll('client_id').length > 1) {
    return refused('unauthorized_client', clientId === undefined ? 'client_id is missing' : 'client_id is unknown');
  }
  const redirectUri = get('redirect_uri');
  if (redirectUri === undefined || received.getAll('redirect_uri').length > 1) {
    return refused('redirect_mismatch', 'redirect_uri is missing or repeated');
  }
  if (!client.callbackUrls.includes(redirectUri)) {
    return refused('redirect_mismatch', mismatch('redirect_uri', redirectUri, client.callbackUrls));
  }

  const state = get('state');
  const rawState = rawParameter(query, 'state') ?? (state === undefined ? undefined : encodeURIComponent(state));
  const returned = (error: CallbackError, reason: string): AuthorizationDecision => ({
    kind: 'returned',
    location: withQuery(redirectUri, [
      ['error', error],
      ['state', rawState],
    ]),
    reason: `${error}: ${reason}`,
  });

  const repeated = parameters.find((name) => received.getAll(name).length > 1);
  if (repeated) return returned('invalid_request', `${repeated} is repeated`);

  const responseType = get('response_type');
  if (responseType === 'token') return returned('unauthorized_client', 'the implicit flow is not offered here');
  if (responseType !== 'code') return returned('invalid_request', 'response_type must be code');
  if (!client.flows.includes('code')) {
    return returned('unauthorized_client', `the code flow is off for client ${client.name}`);
  }

  const scopes = get('scope')?.split(' ').filter(Boolean) ?? [...client.scopes];
  const foreign = scopes.find((scope) => !client.scopes.includes(scope));
  if (foreign !== undefined) return returned('invalid_scope', `scope ${foreign} is not allowed for ${client.name}`);
  if (scopes.length === 0) return returned('invalid_scope', `${client.name} has no scopes`);

  const codeChallenge = get('code_challenge');
  const method = get('code_challenge_method');
  if ((codeChallenge === undefined) !== (method === undefined) || (method !== undefined && method !== 'S256')) {
    return returned('invalid_request', 'code_challenge needs code_challenge_method=S256, and the other way round');
  }
  if (codeChallenge !== undefined && !/^[A-Za-z0-9_-]{43}$/.test(codeChallenge)) {
    return returned('invalid_request', 'code_challenge is not a Base64url SHA-256');
  }

  return {
    kind: 'accepted',
    request: { client, redirectUri, scopes: [...new Set(scopes)], rawState, nonce: get('nonce'), codeChallenge },
  };
}

/** Where the browser goes with its code. */
export function callbackLocation({ redirectUri, rawState }: AuthorizationRequest, code: string): string {
  return withQuery(redirectUri, [
    ['code', encodeURIComponent(code)],
    ['state', rawState],
  ]);
}

/** Says which URL came and which would have matched. For the log and the developer, who set both. */
export function mismatch(parameter: string, received: string, allowed: readonly string[]): string {
  return `${parameter} ${JSON.stringify(received)} is not exactly one of ${JSON.stringify(allowed)}`;
}

function refused(error: RefusalError, reason: string): AuthorizationDecision {
  return { kind: 'refused', error, reason };
}
