import { confirmReset, requestReset } from '../accounts/password-reset.ts';
import { type PageHandler, type PageRequest, type PageResponse, redirect } from '../http/page.ts';
import { type AuthorizationRequest } from '../oauth/authorization-request.ts';
import { paths } from '../oauth/endpoints.ts';
import { policyRules } from '../users/password-policy.ts';
import { codeField, newPasswordFields, passwordsDiffer } from './fields.ts';
import { field, type LoginFlow, refusal } from './login-flow.ts';

/** `/forgotPassword` and `/confirmForgotPassword`. They answer alike whether somebody has the name or not. */
export function resetPages(flow: LoginFlow): ReadonlyMap<string, PageHandler> {
  const { pool } = flow;

  function forgotPage(page: PageRequest, request: AuthorizationRequest, failure?: string): PageResponse {
    const identifier = pool.settings().signIn.usernameIsSub ? 'Email' : 'Username';
    const contents = {
      title: 'Forgot your password?',
      lead: 'A code for a new one will be mailed to you.',
      action: `${paths.forgotPassword}?${page.query}`,
      fields: [{ name: 'username', label: identifier, autocomplete: 'username', value: field(page, 'username') }],
      submit: 'Send the code',
      link: { label: 'Back to sign in', href: `${paths.login}?${page.query}` },
      ...(failure !== undefined && { failure }),
    };
    return flow.form(page, request, contents, failure === undefined ? 200 : 400);
  }

  function resetPage(page: PageRequest, request: AuthorizationRequest, failure?: string): PageResponse {
    const contents = {
      title: 'Set a new password',
      lead: 'If there is such an account, a code was mailed to its address.',
      action: `${paths.confirmForgotPassword}?${page.query}`,
      fields: [codeField('Code', 'code'), ...newPasswordFields(policyRules(pool.settings().passwordPolicy))],
      submit: 'Set password',
      link: { label: 'Send another code', href: `${paths.forgotPassword}?${page.query}` },
      ...(failure !== undefined && { failure }),
    };
    return flow.form(page, request, contents, failure === undefined ? 200 : 400);
  }

  const submitForgot = flow.submitted(async (page, request) => {
    const username = field(page, 'username').trim();
    try {
      await requestReset(pool, { ...request.client, hidesUsers: true }, username);
    } catch (error) {
      // That somebody was sent many codes already would tell that there is somebody.
      if (refusal(error).code !== 'LimitExceededException') return forgotPage(page, request, refusal(error).message);
    }
    return flow.begin({ kind: 'reset', clientId: request.client.id, username }, page, paths.confirmForgotPassword);
  });

  const submitReset = flow.submitted(async (page, request) => {
    const step = flow.step(page, request, 'reset');
    if (!step) return redirect(`${paths.forgotPassword}?${page.query}`);
    if (passwordsDiffer(page)) return resetPage(page, request, 'The two passwords differ.');
    try {
      const { username } = step;
      const client = { ...request.client, hidesUsers: true };
      const sent = { username, code: field(page, 'code').trim(), password: field(page, 'password') };
      await confirmReset(pool, client, sent);
      return redirect(`${paths.login}?${page.query}`);
    } catch (error) {
      return resetPage(page, request, refusal(error).message);
    }
  });

  return new Map<string, PageHandler>([
    [`GET ${paths.forgotPassword}`, flow.shown((page, request) => forgotPage(page, request))],
    [`POST ${paths.forgotPassword}`, submitForgot],
    [
      `GET ${paths.confirmForgotPassword}`,
      flow.shown((page, request) =>
        flow.step(page, request, 'reset')
          ? resetPage(page, request)
          : redirect(`${paths.forgotPassword}?${page.query}`),
      ),
    ],
    [`POST ${paths.confirmForgotPassword}`, submitReset],
  ]);
}
