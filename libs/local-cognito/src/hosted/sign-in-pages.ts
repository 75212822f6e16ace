import { signInWithPassword } from '../accounts/sign-in.ts';
import { csrfToken } from '../http/csrf.ts';
import { html, type PageHandler, type PageRequest, type PageResponse, redirect } from '../http/page.ts';
import { type AuthorizationRequest } from '../oauth/authorization-request.ts';
import { paths } from '../oauth/endpoints.ts';
import { renderSignInPage } from '../pages/sign-in-page.tsx';
import { type User } from '../users/user.ts';
import { field, formTarget, type LoginFlow, refusal } from './login-flow.ts';

/** `/oauth2/authorize` and `/login`. */
export function signInPages(flow: LoginFlow): ReadonlyMap<string, PageHandler> {
  const { pool } = flow;

  function signInPage(
    page: PageRequest,
    request: AuthorizationRequest,
    failed?: { readonly identifier: string; readonly message: string },
  ): PageResponse {
    const { name, signIn, id, selfSignUp } = pool.settings();
    const { token, cookie } = csrfToken(page);
    const target = new URL(request.redirectUri);
    const signedIn = failed ? undefined : flow.session(page);
    const body = renderSignInPage({
      poolId: id,
      poolName: name,
      application: target.host || target.protocol,
      identifiers: signIn.identifiers,
      action: `${paths.login}?${page.query}`,
      forgotPassword: `${paths.forgotPassword}?${page.query}`,
      ...(selfSignUp && { signUp: `${paths.signUp}?${page.query}` }),
      csrf: token,
      ...(signedIn && { signedInAs: shownName(signedIn.user) }),
      ...(failed && { failure: failed }),
    });
    // RFC 9110, section 15.5.4: credentials were sent and do not suffice. (401 would have to offer HTTP authentication.)
    return html(failed ? 403 : 200, body, { cookies: [cookie], formTargets: [formTarget(request)] });
  }

  const authorize = flow.shown((page, request) => {
    const live = flow.session(page);
    return live ? flow.sendCode(request, live.session) : redirect(`${paths.login}?${page.query}`);
  });

  const submitLogin = flow.submitted(async (page, request) => {
    if (page.form?.has('signInAs')) {
      const live = flow.session(page);
      return live ? flow.sendCode(request, live.session) : redirect(`${paths.login}?${page.query}`);
    }
    const identifier = field(page, 'username').trim();
    try {
      const step = await signInWithPassword(pool, { hidesUsers: true }, identifier, field(page, 'password'));
      return await flow.proceed(step, page, request);
    } catch (error) {
      const { code, message } = refusal(error);
      pool.log({ level: 'warn', event: 'sign_in_refused', message: code });
      if (code === 'UserNotConfirmedException') {
        return flow.begin({ kind: 'confirm', clientId: request.client.id, username: identifier }, page, paths.confirm);
      }
      if (code === 'PasswordResetRequiredException') {
        const step = { kind: 'reset', clientId: request.client.id, username: identifier } as const;
        return flow.begin(step, page, paths.confirmForgotPassword);
      }
      return signInPage(page, request, { identifier, message });
    }
  });

  return new Map<string, PageHandler>([
    [`GET ${paths.authorize}`, authorize],
    [`GET ${paths.login}`, flow.shown((page, request) => signInPage(page, request))],
    [`POST ${paths.login}`, submitLogin],
  ]);
}

/** What a person knows themselves by. */
function shownName({ attributes, username }: User): string {
  return attributes['email'] ?? username;
}
