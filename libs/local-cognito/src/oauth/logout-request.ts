import { type UserPoolSettings } from '../settings/user-pool-settings.ts';
import { mismatch } from './authorization-request.ts';

export type LogoutDecision =
  /** Sign out, then go to one of the client's sign-out URLs. */
  | { readonly kind: 'leave'; readonly location: string }
  /** Sign out, then to the login page with the same parameters. */
  | { readonly kind: 'sign-in-again' }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Decides on `GET /logout` (Developer guide, "Logout endpoint"): either `client_id` and `logout_uri`, or `client_id`,
 * `redirect_uri` and `response_type`. URLs are compared exactly, a trailing slash included.
 */
export function decideLogout(query: string, settings: UserPoolSettings): LogoutDecision {
  const received = new URLSearchParams(query);
  for (const name of ['client_id', 'logout_uri', 'redirect_uri']) {
    if (received.getAll(name).length > 1) return { kind: 'refused', reason: `${name} is repeated` };
  }
  const client = settings.clients.find(({ id }) => id === received.get('client_id'));
  if (!client) return { kind: 'refused', reason: 'client_id is missing or unknown' };

  const logoutUri = received.get('logout_uri');
  if (logoutUri !== null) {
    return client.logoutUrls.includes(logoutUri)
      ? { kind: 'leave', location: logoutUri }
      : { kind: 'refused', reason: mismatch('logout_uri', logoutUri, client.logoutUrls) };
  }
  const redirectUri = received.get('redirect_uri');
  if (redirectUri === null || !received.has('response_type')) {
    return { kind: 'refused', reason: 'neither logout_uri, nor redirect_uri with response_type, was sent' };
  }
  return client.callbackUrls.includes(redirectUri)
    ? { kind: 'sign-in-again' }
    : { kind: 'refused', reason: mismatch('redirect_uri', redirectUri, client.callbackUrls) };
}
