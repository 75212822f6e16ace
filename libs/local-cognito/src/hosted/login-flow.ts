import { type Challenges } from '../accounts/challenges.ts';
import { type PoolParts } from '../accounts/pool-parts.ts';
import { assertMaySignIn, type ChallengeName, nextStep, type SignInStep } from '../accounts/sign-in.ts';
import { CognitoError } from '../api/cognito-error.ts';
import { setCookie } from '../http/cookies.ts';
import { csrfToken, isOwnForm } from '../http/csrf.ts';
import { html, type PageHandler, type PageRequest, type PageResponse, redirect } from '../http/page.ts';
import {
  type AuthorizationDecision,
  type AuthorizationRequest,
  callbackLocation,
  decideAuthorization,
} from '../oauth/authorization-request.ts';
import { paths } from '../oauth/endpoints.ts';
import { type Session, type Sessions, sessionSeconds } from '../oauth/sessions.ts';
import { renderErrorPage } from '../pages/error-page.tsx';
import { type FormPageProps, renderFormPage } from '../pages/form-page.tsx';
import { type Account } from '../users/account.ts';
import { type User } from '../users/user.ts';

/** What a browser has done that is not signed in yet. */
export type PageStep =
  /** The password was right; a challenge waits. */
  | { readonly kind: 'password-shown'; readonly clientId: string; readonly sub: string }
  /** A code was mailed to whoever has this name, if anybody. */
  | { readonly kind: 'confirm' | 'reset'; readonly clientId: string; readonly username: string };

/** What the pages of the login work with. */
export interface LoginFlowOptions {
  readonly pool: PoolParts;
  readonly sessions: Sessions;
  readonly steps: Challenges<PageStep>;
  readonly issueCode: (request: AuthorizationRequest, session: Session) => Promise<string>;
}

/** Answers a request of which it is known where it leads: the client and its callback have been found good. */
export type FlowHandler = (page: PageRequest, request: AuthorizationRequest) => Promise<PageResponse> | PageResponse;

/** Cookie of the single sign-on session. */
export const sessionCookie = 'cognito';
/** Cookie between the pages of one sign-in. */
const stepCookie = 'cognito-step';
/** A code has to be fetched from a mail. */
const codeStepSeconds = 3600;

const challengePaths: Readonly<Record<ChallengeName, string>> = {
  MFA_SETUP: paths.mfaSetup,
  NEW_PASSWORD_REQUIRED: paths.changePassword,
  SOFTWARE_TOKEN_MFA: paths.mfa,
};

type FormContents = Omit<FormPageProps, 'csrf' | 'poolId' | 'poolName'>;

/** What all pages of the login have in common: from where they come, where they lead, and what is remembered between. */
export class LoginFlow {
  readonly pool: PoolParts;
  readonly sessions: Sessions;
  readonly #steps: Challenges<PageStep>;
  readonly #issueCode: LoginFlowOptions['issueCode'];

  constructor({ pool, sessions, steps, issueCode }: LoginFlowOptions) {
    this.pool = pool;
    this.sessions = sessions;
    this.#steps = steps;
    this.#issueCode = issueCode;
  }

  /** A page that is shown. */
  shown(handler: FlowHandler): PageHandler {
    return (page) => {
      const decision = decideAuthorization(page.query, this.pool.settings());
      return decision.kind === 'accepted' ? handler(page, decision.request) : this.#turnAway(decision, page.query);
    };
  }

  /** A form that is sent. */
  submitted(handler: FlowHandler): PageHandler {
    return this.shown((page, request) => {
      if (isOwnForm(page)) return handler(page, request);
      const message = 'the form did not come from the login page (CSRF)';
      this.pool.log({ level: 'warn', event: 'sign_in_refused', message });
      return this.errorPage(403, 'csrf');
    });
  }

  /** A page with a form, whose submission may end at the application. */
  form(page: PageRequest, request: AuthorizationRequest, contents: FormContents, status = 200): PageResponse {
    const { token, cookie } = csrfToken(page);
    const { id, name } = this.pool.settings();
    const body = renderFormPage({ ...contents, csrf: token, poolId: id, poolName: name });
    return html(status, body, { cookies: [cookie], formTargets: [formTarget(request)] });
  }

  errorPage(status: number, error: string, clientId?: string): PageResponse {
    const { id, name, clients } = this.pool.settings();
    // Only what the pool knows is shown: anybody can make a link to this page.
    const client = clients.find((candidate) => candidate.id === clientId);
    return html(status, renderErrorPage({ poolId: id, poolName: name, error, ...(client && { client }) }));
  }

  /** Remembers a step, and leads to the page that goes on. */
  begin(step: PageStep, { query }: PageRequest, path: string): PageResponse {
    const client = this.pool.settings().clients.find(({ id }) => id === step.clientId);
    const seconds = step.kind === 'password-shown' ? (client?.challengeSeconds ?? 0) : codeStepSeconds;
    const cookie = setCookie(stepCookie, this.#steps.start(step, seconds), seconds);
    return redirect(`${path}?${query}`, [cookie]);
  }

  /** The step that the browser is at, if it is one of these. */
  step<Kind extends PageStep['kind']>(
    { cookies }: PageRequest,
    { client }: AuthorizationRequest,
    kind: Kind,
  ): (PageStep & { readonly kind: Kind }) | undefined {
    const found = this.#steps.find(cookies.get(stepCookie));
    return found?.kind === kind && found.clientId === client.id
      ? (found as PageStep & { readonly kind: Kind })
      : undefined;
  }

  /** Whoever has shown their password, provided that this is what is asked of them next. */
  challenged(page: PageRequest, request: AuthorizationRequest, name: ChallengeName): Account | undefined {
    const step = this.step(page, request, 'password-shown');
    const account = step && this.pool.users.account(step.sub);
    if (!account) return undefined;
    const next = nextStep(this.pool, account);
    return next.kind === 'challenge' && next.name === name ? account : undefined;
  }

  /** Goes on after a right password, or a challenge met: to the next challenge, or to the application. */
  async proceed(next: SignInStep, page: PageRequest, request: AuthorizationRequest): Promise<PageResponse> {
    if (next.kind === 'done') return this.finish(next.user, page, request);
    const { sub } = next.account.user;
    return this.begin({ kind: 'password-shown', clientId: request.client.id, sub }, page, challengePaths[next.name]);
  }

  /** Signs somebody in. Everything that was asked of them has been answered. */
  async finish(user: User, page: PageRequest, request: AuthorizationRequest): Promise<PageResponse> {
    assertMaySignIn(user);
    this.#steps.end(page.cookies.get(stepCookie));
    await this.sessions.end(page.cookies.get(sessionCookie));
    const { cookie, session } = await this.sessions.start(user.sub);
    this.pool.log({ level: 'info', event: 'signed_in', message: `${user.username} (${user.sub})` });
    return this.sendCode(request, session, [
      setCookie(sessionCookie, cookie, sessionSeconds),
      ...(page.cookies.has(stepCookie) ? [setCookie(stepCookie, '', 0)] : []),
    ]);
  }

  async sendCode(request: AuthorizationRequest, session: Session, cookies?: readonly string[]): Promise<PageResponse> {
    const code = await this.#issueCode(request, session);
    const message = `a code for ${session.sub} to client ${request.client.name}`;
    this.pool.log({ level: 'info', event: 'code_issued', message });
    return redirect(callbackLocation(request, code), cookies);
  }

  /** The session of somebody who may still sign in. */
  session({ cookies }: PageRequest): { readonly session: Session; readonly user: User } | undefined {
    const session = this.sessions.find(cookies.get(sessionCookie));
    const user = session && this.pool.users.find(session.sub);
    return session && user?.enabled ? { session, user } : undefined;
  }

  /** Answers a request that does not lead to a sign-in. */
  #turnAway(decision: Exclude<AuthorizationDecision, { kind: 'accepted' }>, query: string): PageResponse {
    this.pool.log({ level: 'warn', event: 'authorization_refused', message: decision.reason });
    return decision.kind === 'returned' ? redirect(decision.location) : errorRedirect(decision.error, query);
  }
}

/** Cognito's own detour: a redirect to `/error?error=…&client_id=…`, which answers 400. */
export function errorRedirect(error: string, query: string): PageResponse {
  const clientId = new URLSearchParams(query).get('client_id');
  const parameters = new URLSearchParams({ error, ...(clientId !== null && { client_id: clientId }) });
  return redirect(`${paths.error}?${parameters.toString()}`);
}

/** What a person reads when they are refused; anything but a refusal goes on as it came. */
export function refusal(error: unknown): CognitoError {
  if (error instanceof CognitoError) return error;
  throw error;
}

export function formTarget({ redirectUri }: AuthorizationRequest): string {
  const target = new URL(redirectUri);
  return target.origin === 'null' ? target.protocol : target.origin;
}

/** One field of a form as it was sent. */
export function field({ form }: PageRequest, name: string): string {
  return form?.get(name) ?? '';
}
