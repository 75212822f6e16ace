import { randomUUID, timingSafeEqual } from 'node:crypto';
import { setCookie } from './cookies.ts';
import { type PageRequest } from './page.ts';

/** Cookie and form field of Cognito's login page. */
export const csrfCookie = 'XSRF-TOKEN';
export const csrfField = '_csrf';

const tokenShape = /^[0-9a-f-]{36}$/;

/** The token for a form, and the cookie that goes with it. A second tab gets the same token, so that both work. */
export function csrfToken(request: PageRequest): { readonly token: string; readonly cookie: string } {
  const known = request.cookies.get(csrfCookie);
  const token = known !== undefined && tokenShape.test(known) ? known : randomUUID();
  return { token, cookie: setCookie(csrfCookie, token) };
}

/** Whether a form comes from a page of ours: the token of the cookie is in the form, and no other origin sent it. */
export function isOwnForm({ cookies, form, origin, host }: PageRequest): boolean {
  if (origin !== undefined && origin !== `https://${host ?? ''}`) return false;
  const expected = cookies.get(csrfCookie);
  const received = form?.get(csrfField);
  if (expected === undefined || received === undefined || received === null || !tokenShape.test(expected)) return false;
  const [a, b] = [Buffer.from(expected), Buffer.from(received)];
  return a.length === b.length && timingSafeEqual(a, b);
}
