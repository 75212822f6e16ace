import { confirmSignUp, resendConfirmation, signUp } from '../accounts/sign-up.ts';
import { type PageHandler, type PageRequest, type PageResponse, redirect } from '../http/page.ts';
import { type AuthorizationRequest } from '../oauth/authorization-request.ts';
import { paths } from '../oauth/endpoints.ts';
import { type FormField } from '../pages/form-page.tsx';
import { policyRules } from '../users/password-policy.ts';
import { codeField, newPasswordFields, passwordsDiffer } from './fields.ts';
import { field, type LoginFlow, refusal } from './login-flow.ts';

/** `/signup`, `/confirm`, `/resendcode`. */
export function signUpPages(flow: LoginFlow): ReadonlyMap<string, PageHandler> {
  const { pool } = flow;

  function signUpPage(page: PageRequest, request: AuthorizationRequest, failure?: string): PageResponse {
    const { signIn, passwordPolicy, selfSignUp } = pool.settings();
    if (!selfSignUp) return flow.errorPage(403, 'sign_up_off', request.client.id);
    const typed = (name: string): string => field(page, name);
    const username: FormField = {
      name: 'username',
      label: 'Username',
      autocomplete: 'username',
      value: typed('username'),
    };
    const fields: readonly FormField[] = [
      ...(signIn.usernameIsSub ? [] : [username]),
      { name: 'email', label: 'Email', type: 'email', autocomplete: 'email', value: typed('email') },
      { name: 'name', label: 'Name', autocomplete: 'name', optional: !nameIsRequired(), value: typed('name') },
      ...newPasswordFields(policyRules(passwordPolicy)),
    ];
    const contents = {
      title: 'Sign up',
      lead: 'with a new account',
      action: `${paths.signUp}?${page.query}`,
      fields,
      submit: 'Sign up',
      link: { label: 'Sign in instead', href: `${paths.login}?${page.query}` },
      ...(failure !== undefined && { failure }),
    };
    return flow.form(page, request, contents, failure === undefined ? 200 : 400);
  }

  function nameIsRequired(): boolean {
    return pool.settings().attributes.some(({ name, required }) => name === 'name' && required);
  }

  function confirmPage(
    page: PageRequest,
    request: AuthorizationRequest,
    said: { readonly failure?: string; readonly notice?: string } = {},
  ): PageResponse {
    const contents = {
      title: 'Confirm your account',
      lead: 'Type the code that was mailed to you.',
      action: `${paths.confirm}?${page.query}`,
      fields: [codeField('Verification code', 'code')],
      submit: 'Confirm account',
      other: { label: 'Send another code', action: `${paths.resendCode}?${page.query}` },
      ...said,
    };
    return flow.form(page, request, contents, said.failure === undefined ? 200 : 400);
  }

  const submitSignUp = flow.submitted(async (page, request) => {
    if (passwordsDiffer(page)) return signUpPage(page, request, 'The two passwords differ.');
    const email = field(page, 'email').trim();
    const name = field(page, 'name').trim();
    const username = pool.settings().signIn.usernameIsSub ? email : field(page, 'username').trim();
    try {
      const { sentTo } = await signUp(pool, {
        username,
        password: field(page, 'password'),
        attributes: { email, ...(name !== '' && { name }) },
      });
      if (sentTo === undefined) return redirect(`${paths.login}?${page.query}`);
      return flow.begin({ kind: 'confirm', clientId: request.client.id, username }, page, paths.confirm);
    } catch (error) {
      return signUpPage(page, request, refusal(error).message);
    }
  });

  const submitConfirm = flow.submitted(async (page, request) => {
    const step = flow.step(page, request, 'confirm');
    if (!step) return redirect(`${paths.login}?${page.query}`);
    try {
      await confirmSignUp(pool, { ...request.client, hidesUsers: true }, step.username, field(page, 'code').trim());
      return redirect(`${paths.login}?${page.query}`);
    } catch (error) {
      return confirmPage(page, request, { failure: refusal(error).message });
    }
  });

  const submitResend = flow.submitted(async (page, request) => {
    const step = flow.step(page, request, 'confirm');
    if (!step) return redirect(`${paths.login}?${page.query}`);
    try {
      await resendConfirmation(pool, { ...request.client, hidesUsers: true }, step.username);
      return confirmPage(page, request, { notice: 'Another code is on its way.' });
    } catch (error) {
      return confirmPage(page, request, { failure: refusal(error).message });
    }
  });

  return new Map<string, PageHandler>([
    [`GET ${paths.signUp}`, flow.shown((page, request) => signUpPage(page, request))],
    [`POST ${paths.signUp}`, submitSignUp],
    [
      `GET ${paths.confirm}`,
      flow.shown((page, request) =>
        flow.step(page, request, 'confirm') ? confirmPage(page, request) : redirect(`${paths.login}?${page.query}`),
      ),
    ],
    [`POST ${paths.confirm}`, submitConfirm],
    [`POST ${paths.resendCode}`, submitResend],
  ]);
}
