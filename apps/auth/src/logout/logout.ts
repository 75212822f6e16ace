import { type Settings } from '../settings/settings.ts';

/** The load balancer cuts a session into at most four cookies of 4 KB. Source: Elastic Load Balancing, user guide. */
const shards = [0, 1, 2, 3] as const;

/**
 * The `Set-Cookie` values that end the load balancer's session in the browser. A browser replaces a cookie only when
 * name, host and path agree, so path and flags repeat those that the load balancer sets. All four are expired, whatever
 * the request carried: a shard left over from a longer session would break the next one.
 */
export function expiredSessionCookies({ sessionCookieName }: Pick<Settings, 'sessionCookieName'>): readonly string[] {
  return shards.map(
    (shard) =>
      `${sessionCookieName}-${shard}=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Secure; HttpOnly`,
  );
}

/**
 * Cognito's logout endpoint, which ends Cognito's own session; without it the next request is signed in again silently.
 * `logout_uri` must equal an allowed sign-out URL of the app client, so it is made of settings alone, never of anything
 * in a request. Source: Cognito developer guide, "The managed login sign-out endpoint: /logout".
 */
export function hostedLogoutUrl(
  settings: Pick<Settings, 'cognitoHostedUrl' | 'cognitoClientId' | 'publicUrl'>,
): string {
  const url = new URL('/logout', settings.cognitoHostedUrl);
  url.searchParams.set('client_id', settings.cognitoClientId);
  url.searchParams.set('logout_uri', `${settings.publicUrl}/logged-out`);
  return url.href;
}
