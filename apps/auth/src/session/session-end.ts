/**
 * When the load balancer will ask for a new login. It tells nobody, so this is derived.
 *
 * - `about`: counted from the password login. The load balancer's session began at that moment or some seconds later.
 * - `latest`: that moment has passed, and the session is still alive: it was begun later, without a new password, from
 *   Cognito's own session (which lives an hour, so `auth_time` may be older than the session). All that is known then
 *   is that a whole session from now is the most it can last.
 *
 * Either may come sooner, when a refresh fails because the user was signed out or disabled. Source: Elastic Load
 * Balancing, "Authenticate users using an Application Load Balancer", session timeout; Cognito, `auth_time`.
 */
export interface SessionEnd {
  readonly certainty: 'about' | 'latest';
  readonly at: Date;
  readonly secondsLeft: number;
}

export function sessionEnd(authenticatedAt: Date, sessionTimeoutSeconds: number, now: Date): SessionEnd {
  const timeout = sessionTimeoutSeconds * 1000;
  const fromLogin = authenticatedAt.getTime() + timeout;
  const certainty = fromLogin > now.getTime() ? 'about' : 'latest';
  const at = certainty === 'about' ? fromLogin : now.getTime() + timeout;
  return { certainty, at: new Date(at), secondsLeft: Math.round((at - now.getTime()) / 1000) };
}
