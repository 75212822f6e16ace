import { parseCookie } from 'cookie';

/** The cookies of a request, first one first where a name comes twice. */
export type RequestCookies = Readonly<Record<string, string | undefined>>;

const none: RequestCookies = {};

/** A browser sends the same header with every request: what was read lately need not be read again. */
const known = new Map<string, RequestCookies>();
const maximumKnown = 200;

/** Reads a `Cookie` header. Values stay as sent: an ALB does not support URL-encoded ones. */
export function readCookies(header: string | undefined): RequestCookies {
  if (header === undefined) return none;
  const read = known.get(header);
  if (read !== undefined) return read;
  const cookies = parseCookie(header, { decode: (value) => value });
  const oldest = known.size < maximumKnown ? undefined : known.keys().next().value;
  if (oldest !== undefined) known.delete(oldest);
  known.set(header, cookies);
  return cookies;
}

export interface CookieAttributes {
  /** The end of the browser session when absent. */
  readonly expires?: Date;
  readonly sameSite?: 'None';
}

/** A `Set-Cookie` value. Every cookie of the ALB's login is for the host alone, the whole site, TLS and no script. */
export function setCookie(name: string, value: string, attributes: CookieAttributes = {}): string {
  const parts = [`${name}=${value}`];
  if (attributes.expires !== undefined) parts.push(`Expires=${attributes.expires.toUTCString()}`);
  parts.push('Path=/', 'Secure', 'HttpOnly');
  if (attributes.sameSite !== undefined) parts.push(`SameSite=${attributes.sameSite}`);
  return parts.join('; ');
}

/** A `Set-Cookie` value that makes the browser forget the cookie. */
export function expireCookie(name: string): string {
  return setCookie(name, '', { expires: new Date(0) });
}
