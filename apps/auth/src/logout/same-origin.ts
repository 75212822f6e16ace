/** What a browser says about where a request was made. Both are forbidden header names: a page cannot set them. */
export interface RequestOrigin {
  readonly origin?: string | undefined;
  readonly secFetchSite?: string | undefined;
}

/**
 * Whether a request was made by a page of this application. The load balancer's session cookie may be `SameSite=None`,
 * so a request that changes something needs this check. What is present must be right, and one must be present:
 * `Origin` accompanies every POST of a browser, `Sec-Fetch-Site` is what remains where it is left out.
 *
 * A page itself must not send `Referrer-Policy: no-referrer`, under which browsers send `Origin: null` even to
 * their own origin. Source: Fetch standard, "append a request `Origin` header".
 */
export function isSameOrigin(publicUrl: string, { origin, secFetchSite }: RequestOrigin): boolean {
  if (origin === undefined && secFetchSite === undefined) return false;
  return (origin ?? publicUrl) === publicUrl && (secFetchSite ?? 'same-origin') === 'same-origin';
}
