/** Reads a `Cookie` header (RFC 6265, section 4.2). Of two cookies of one name the first counts, as it is the nearest. */
export function parseCookies(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header?.split(';') ?? []) {
    const cut = pair.indexOf('=');
    if (cut < 0) continue;
    const name = pair.slice(0, cut).trim();
    if (!cookies.has(name)) cookies.set(name, pair.slice(cut + 1).trim());
  }
  return cookies;
}

/**
 * A `Set-Cookie` header for the pool's host alone, out of reach of scripts.
 *
 * @param maxAgeSeconds 0 takes the cookie away; left out, it lasts as long as the browser
 */
export function setCookie(name: string, value: string, maxAgeSeconds?: number): string {
  const age = maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`;
  return `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax${age}`;
}
