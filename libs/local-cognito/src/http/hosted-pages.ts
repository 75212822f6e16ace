import { type Log } from '../log.ts';
import {
  type AuthorizationDecision,
  type AuthorizationRequest,
  callbackLocation,
  decideAuthorization,
} from '../oauth/authorization-request.ts';
import { paths } from '../oauth/endpoints.ts';
import { decideLogout } from '../oauth/logout-request.ts';
import { type Session, type Sessions, sessionSeconds } from '../oauth/sessions.ts';
import { renderErrorPage } from '../pages/error-page.tsx';
import { renderSignInPage } from '../pages/sign-in-page.tsx';
import { type UserPoolSettings } from '../settings/user-pool-settings.ts';
import { type UserDirectory } from '../users/directory.ts';
import { setCookie } from './cookies.ts';
import { csrfToken, isOwnForm } from './csrf.ts';
import { html, type PageHandler, type PageRequest, type PageResponse, redirect } from './page.ts';

/** What the hosted pages work with. */
export interface HostedPagesOptions {
  readonly settings: () => UserPoolSettings;
  readonly users: UserDirectory;
  readonly sessions: Sessions;
  readonly issueCode: (request: AuthorizationRequest, session: Session) => Promise<string>;
  readonly log: Log;
}

/** Cookie of the single sign-on session. */
const sessionCookie = 'cognito';

/** Developer guide, "Managed error responses" of the classic pages: what the person reads, whatever the reason. */
const wrongCredentials = 'Incorrect username or password.';

/** The hosted pages, by method and path: `GET /login` and so on. */
export function hostedPages(options: HostedPagesOptions): ReadonlyMap<string, PageHandler> {
  const { settings, users, sessions, issueCode, log } = options;

  /** Answers a request that does not lead to a sign-in. */
  function turnAway(decision: Exclude<AuthorizationDecision, { kind: 'accepted' }>, query: string): PageResponse {
    log({ level: 'warn', event: 'authorization_refused', message: decision.reason });
    return decision.kind === 'returned' ? redirect(decision.location) : errorRedirect(decision.error, query);
  }

  async function sendCode(request: AuthorizationRequest, session: Session, cookies?: string[]): Promise<PageResponse> {
    const code = await issueCode(request, session);
    log({ level: 'info', event: 'code_issued', message: `a code for ${session.sub} to client ${request.client.name}` });
    return redirect(callbackLocation(request, code), cookies);
  }

  function signInPage(
    page: PageRequest,
    request: AuthorizationRequest,
    failed?: { readonly identifier: string },
  ): PageResponse {
    const { name, signIn, id } = settings();
    const { token, cookie } = csrfToken(page);
    const target = new URL(request.redirectUri);
    const body = renderSignInPage({
      poolId: id,
      poolName: name,
      application: target.host || target.protocol,
      identifiers: signIn.identifiers,
      action: `${paths.login}?${page.query}`,
      csrf: token,
      ...(failed && { failure: { message: wrongCredentials, identifier: failed.identifier } }),
    });
    // RFC 9110, section 15.5.4: credentials were sent and do not suffice. (401 would have to offer HTTP authentication.)
    const status = failed ? 403 : 200;
    const formTarget = target.origin === 'null' ? target.protocol : target.origin;
    return html(status, body, { cookies: [cookie], formTargets: [formTarget] });
  }

  async function authorize({ query, cookies }: PageRequest): Promise<PageResponse> {
    const decision = decideAuthorization(query, settings());
    if (decision.kind !== 'accepted') return turnAway(decision, query);
    const session = sessions.find(cookies.get(sessionCookie));
    if (session && users.find(session.sub)) return sendCode(decision.request, session);
    return redirect(`${paths.login}?${query}`);
  }

  function showLogin(page: PageRequest): PageResponse {
    const decision = decideAuthorization(page.query, settings());
    return decision.kind === 'accepted' ? signInPage(page, decision.request) : turnAway(decision, page.query);
  }

  async function submitLogin(page: PageRequest): Promise<PageResponse> {
    const decision = decideAuthorization(page.query, settings());
    if (decision.kind !== 'accepted') return turnAway(decision, page.query);
    if (!isOwnForm(page)) {
      log({ level: 'warn', event: 'sign_in_refused', message: 'the form did not come from the login page (CSRF)' });
      return errorPage(403, 'csrf');
    }
    const identifier = page.form?.get('username') ?? '';
    const user = await users.authenticate(identifier, page.form?.get('password') ?? '', settings().signIn);
    if (!user) {
      log({ level: 'warn', event: 'sign_in_refused', message: 'wrong username or password' });
      return signInPage(page, decision.request, { identifier });
    }
    sessions.end(page.cookies.get(sessionCookie));
    const { cookie, session } = sessions.start(user.sub);
    log({ level: 'info', event: 'signed_in', message: `${user.username} (${user.sub})` });
    return sendCode(decision.request, session, [setCookie(sessionCookie, cookie, sessionSeconds)]);
  }

  function logout({ query, cookies }: PageRequest): PageResponse {
    const decision = decideLogout(query, settings());
    if (decision.kind === 'refused') {
      log({ level: 'warn', event: 'logout_refused', message: decision.reason });
      return errorRedirect('logout_mismatch', query);
    }
    const session = sessions.find(cookies.get(sessionCookie));
    sessions.end(cookies.get(sessionCookie));
    log({ level: 'info', event: 'logged_out', message: session ? session.sub : 'nobody was signed in' });
    const location = decision.kind === 'leave' ? decision.location : `${paths.login}?${query}`;
    return redirect(location, [setCookie(sessionCookie, '', 0)]);
  }

  function errorPage(status: number, error: string, clientId?: string): PageResponse {
    const { id, name, clients } = settings();
    // Only what the pool knows is shown: anybody can make a link to this page.
    const client = clients.find((candidate) => candidate.id === clientId);
    return html(status, renderErrorPage({ poolId: id, poolName: name, error, ...(client && { client }) }));
  }

  function showError({ query }: PageRequest): PageResponse {
    const parameters = new URLSearchParams(query);
    return errorPage(400, parameters.get('error') ?? '', parameters.get('client_id') ?? undefined);
  }

  return new Map<string, PageHandler>([
    [`GET ${paths.authorize}`, authorize],
    [`GET ${paths.login}`, showLogin],
    [`POST ${paths.login}`, submitLogin],
    [`GET ${paths.logout}`, logout],
    [`GET ${paths.error}`, showError],
  ]);
}

/** Cognito's own detour: a redirect to `/error?error=…&client_id=…`, which answers 400. */
function errorRedirect(error: string, query: string): PageResponse {
  const clientId = new URLSearchParams(query).get('client_id');
  const parameters = new URLSearchParams({ error, ...(clientId !== null && { client_id: clientId }) });
  return redirect(`${paths.error}?${parameters.toString()}`);
}
