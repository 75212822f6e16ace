import { type RequestCookies } from './cookies.ts';
import { type SealedBox } from './sealed-box.ts';

/** Which choice a cookie keeps: that of the target group of a weighted forward, or that of the target. */
export type StickyCookie = 'AWSALBTG' | 'AWSALB';

interface Choice {
  readonly chosen: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** What a client was given before, when that still holds. */
export function readSticky(
  box: SealedBox,
  cookie: StickyCookie,
  cookies: RequestCookies,
  now: number,
): string | undefined {
  const value = cookies[cookie] ?? cookies[`${cookie}CORS`];
  // Authenticated: this code wrote it.
  const choice = value === undefined ? undefined : (box.openJson(value, cookie) as Choice | undefined);
  return choice !== undefined && now < choice.until ? choice.chosen : undefined;
}

/**
 * The `Set-Cookie` values that keep a choice: the second for requests across origins, which browsers send only with
 * `SameSite=None`. Source: sticky-sessions.html.
 */
export function writeSticky(
  box: SealedBox,
  cookie: StickyCookie,
  choice: { readonly chosen: string; readonly seconds: number },
  now: number,
): readonly string[] {
  const until = now + choice.seconds * 1000;
  const value = box.seal(JSON.stringify({ chosen: choice.chosen, until } satisfies Choice), cookie);
  const expires = new Date(until).toUTCString();
  return [
    `${cookie}=${value}; Expires=${expires}; Path=/`,
    `${cookie}CORS=${value}; Expires=${expires}; Path=/; SameSite=None; Secure`,
  ];
}
