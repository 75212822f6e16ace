import { completeNewPassword, missingAttributes } from '../accounts/passwords.ts';
import { nextStep } from '../accounts/sign-in.ts';
import { associateToken, spendToken, verifyToken } from '../accounts/software-token.ts';
import { type CognitoError } from '../api/cognito-error.ts';
import { type PageHandler, type PageRequest, type PageResponse, redirect } from '../http/page.ts';
import { type AuthorizationRequest } from '../oauth/authorization-request.ts';
import { paths } from '../oauth/endpoints.ts';
import { type FormField } from '../pages/form-page.tsx';
import { type Account } from '../users/account.ts';
import { policyRules } from '../users/password-policy.ts';
import { totpUri } from '../users/totp.ts';
import { type Attributes } from '../users/user.ts';
import { codeField, newPasswordFields, passwordsDiffer } from './fields.ts';
import { field, type LoginFlow, refusal } from './login-flow.ts';

/** What is asked after the password: `/changePassword`, `/mfa`, `/mfaSetup`. */
export function challengePages(flow: LoginFlow): ReadonlyMap<string, PageHandler> {
  const { pool } = flow;
  /** Whose sign-in has been forgotten, or has got further, begins where they are. */
  const again = ({ query }: PageRequest): PageResponse => redirect(`${paths.login}?${query}`);

  function newPasswordPage(
    page: PageRequest,
    request: AuthorizationRequest,
    account: Account,
    failure?: string,
  ): PageResponse {
    const attributes = missingAttributes(pool, account).map((name): FormField => ({
      name: `attribute:${name}`,
      label: labelOf(name),
      autocomplete: 'on',
    }));
    const contents = {
      title: 'Change password',
      lead: 'Your password is temporary. Choose one of your own.',
      action: `${paths.changePassword}?${page.query}`,
      fields: [...newPasswordFields(policyRules(pool.settings().passwordPolicy)), ...attributes],
      submit: 'Set password',
    };
    return flow.form(page, request, { ...contents, ...(failure !== undefined && { failure }) }, failure ? 400 : 200);
  }

  function codePage(page: PageRequest, request: AuthorizationRequest, failure?: string): PageResponse {
    const contents = {
      title: 'Enter your code',
      lead: 'Open your authenticator app and type the code that it shows.',
      action: `${paths.mfa}?${page.query}`,
      fields: [codeField('Code', 'code')],
      submit: 'Sign in',
    };
    return flow.form(page, request, { ...contents, ...(failure !== undefined && { failure }) }, failure ? 403 : 200);
  }

  async function setupPage(
    page: PageRequest,
    request: AuthorizationRequest,
    { user, totpSetup }: Account,
    failure?: string,
  ): Promise<PageResponse> {
    // A page that is loaded again shows the secret that may be in the app already.
    const secret = totpSetup ?? (await associateToken(pool, user.sub));
    const contents = {
      title: 'Set up your authenticator app',
      lead: 'This pool asks for a code at each sign-in. Add the key to an app, then type the code that it shows.',
      action: `${paths.mfaSetup}?${page.query}`,
      facts: [{ term: 'Key', value: secret }],
      link: {
        label: 'Open in an app on this device',
        href: totpUri(secret, pool.settings().name, user.attributes['email'] ?? user.username),
      },
      fields: [codeField('Code', 'code')],
      submit: 'Set up and sign in',
    };
    return flow.form(page, request, { ...contents, ...(failure !== undefined && { failure }) }, failure ? 403 : 200);
  }

  function refused(error: unknown): CognitoError {
    const known = refusal(error);
    pool.log({ level: 'warn', event: 'sign_in_refused', message: known.code });
    return known;
  }

  const submitNewPassword = flow.submitted(async (page, request) => {
    const account = flow.challenged(page, request, 'NEW_PASSWORD_REQUIRED');
    if (!account) return again(page);
    const { sub } = account.user;
    if (passwordsDiffer(page)) return newPasswordPage(page, request, account, 'The two passwords differ.');
    try {
      const attributes = missingAttributes(pool, account).map((name) => [name, field(page, `attribute:${name}`)]);
      await completeNewPassword(pool, sub, field(page, 'password'), Object.fromEntries(attributes) as Attributes);
      const changed = pool.users.account(sub);
      return changed ? await flow.proceed(nextStep(pool, changed), page, request) : again(page);
    } catch (error) {
      return newPasswordPage(page, request, account, refused(error).message);
    }
  });

  const submitCode = flow.submitted(async (page, request) => {
    const account = flow.challenged(page, request, 'SOFTWARE_TOKEN_MFA');
    if (!account) return again(page);
    try {
      await spendToken(pool, account.user.sub, field(page, 'code').trim());
      const user = pool.users.find(account.user.sub);
      return user ? await flow.finish(user, page, request) : again(page);
    } catch (error) {
      return codePage(page, request, refused(error).message);
    }
  });

  const submitSetup = flow.submitted(async (page, request) => {
    const account = flow.challenged(page, request, 'MFA_SETUP');
    if (!account) return again(page);
    try {
      await verifyToken(pool, account.user.sub, field(page, 'code').trim(), true);
      const user = pool.users.find(account.user.sub);
      return user ? await flow.finish(user, page, request) : again(page);
    } catch (error) {
      return setupPage(page, request, account, refused(error).message);
    }
  });

  return new Map<string, PageHandler>([
    [
      `GET ${paths.changePassword}`,
      flow.shown((page, request) => {
        const account = flow.challenged(page, request, 'NEW_PASSWORD_REQUIRED');
        return account ? newPasswordPage(page, request, account) : again(page);
      }),
    ],
    [`POST ${paths.changePassword}`, submitNewPassword],
    [
      `GET ${paths.mfa}`,
      flow.shown((page, request) =>
        flow.challenged(page, request, 'SOFTWARE_TOKEN_MFA') ? codePage(page, request) : again(page),
      ),
    ],
    [`POST ${paths.mfa}`, submitCode],
    [
      `GET ${paths.mfaSetup}`,
      flow.shown((page, request) => {
        const account = flow.challenged(page, request, 'MFA_SETUP');
        return account ? setupPage(page, request, account) : again(page);
      }),
    ],
    [`POST ${paths.mfaSetup}`, submitSetup],
  ]);
}

/** `family_name` as a person reads it. */
function labelOf(attribute: string): string {
  const words = attribute.replace(/^custom:/, '').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
