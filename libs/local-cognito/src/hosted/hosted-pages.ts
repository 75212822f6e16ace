import { timingSafeEqual } from 'node:crypto';
import { setCookie } from '../http/cookies.ts';
import { html, type PageHandler, type PageRequest, type PageResponse, redirect } from '../http/page.ts';
import { paths } from '../oauth/endpoints.ts';
import { decideLogout } from '../oauth/logout-request.ts';
import { renderInboxPage } from '../pages/inbox-page.tsx';
import { challengePages } from './challenge-pages.ts';
import { errorRedirect, LoginFlow, type LoginFlowOptions, sessionCookie } from './login-flow.ts';
import { resetPages } from './reset-pages.ts';
import { signInPages } from './sign-in-pages.ts';
import { signUpPages } from './sign-up-pages.ts';

export interface HostedPagesOptions extends LoginFlowOptions {
  /** Has to be in the inbox's address: it holds codes, and others may have an account on this machine. */
  readonly inboxKey: string;
}

/** The hosted pages, by method and path: `GET /login` and so on. */
export function hostedPages(options: HostedPagesOptions): ReadonlyMap<string, PageHandler> {
  const { inboxKey, pool } = options;
  const flow = new LoginFlow(options);

  async function logout({ query, cookies }: PageRequest): Promise<PageResponse> {
    const decision = decideLogout(query, pool.settings());
    if (decision.kind === 'refused') {
      pool.log({ level: 'warn', event: 'logout_refused', message: decision.reason });
      return errorRedirect('logout_mismatch', query);
    }
    const session = flow.sessions.find(cookies.get(sessionCookie));
    await flow.sessions.end(cookies.get(sessionCookie));
    pool.log({ level: 'info', event: 'logged_out', message: session ? session.sub : 'nobody was signed in' });
    const location = decision.kind === 'leave' ? decision.location : `${paths.login}?${query}`;
    return redirect(location, [setCookie(sessionCookie, '', 0)]);
  }

  function showError({ query }: PageRequest): PageResponse {
    const parameters = new URLSearchParams(query);
    return flow.errorPage(400, parameters.get('error') ?? '', parameters.get('client_id') ?? undefined);
  }

  function showInbox({ query }: PageRequest): PageResponse {
    const [given, expected] = [new URLSearchParams(query).get('key') ?? '', inboxKey].map((key) => Buffer.from(key));
    if (!given || !expected || given.length !== expected.length || !timingSafeEqual(given, expected)) {
      return flow.errorPage(403, 'inbox_key');
    }
    const { id, name } = pool.settings();
    const address = `${paths.inbox}?${query}`;
    return html(200, renderInboxPage({ poolId: id, poolName: name, mails: pool.mailbox.list(), address }));
  }

  return new Map<string, PageHandler>([
    ...signInPages(flow),
    ...challengePages(flow),
    ...signUpPages(flow),
    ...resetPages(flow),
    [`GET ${paths.logout}`, logout],
    [`GET ${paths.error}`, showError],
    [`GET ${paths.inbox}`, showInbox],
  ]);
}
