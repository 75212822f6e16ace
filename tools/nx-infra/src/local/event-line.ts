import { type AlbEvent } from '@gatehouse/local-alb';
import { type LogEntry, type Mail } from '@gatehouse/local-cognito';

/**
 * One line for a request that the load balancer answered by itself or refused. A request that reached the application
 * is left to the application's own log.
 */
export function albLine(event: AlbEvent): string | undefined {
  const { method, host, path, status, actions, errorReason, detail, priority, complete } = event;
  const forwarded = actions.includes('forward') && complete && detail === undefined;
  if (forwarded) return undefined;
  const rule = priority === -1 ? '' : ` by ${priority === 'default' ? 'the default rule' : `rule ${priority}`}`;
  const why = [errorReason, detail].filter((part) => part !== undefined).join(': ');
  const what = `${method} ${host}${path} ${status} ${actions.join(', ')}${rule}`;
  return `load balancer: ${what}${why === '' ? '' : ` (${why})`}${complete ? '' : ', broken off'}`;
}

/** One line for what happened in the user pool. A mail is left to {@link mailLine}. */
export function poolLine({ event, message }: LogEntry): string | undefined {
  return event === 'mail_sent' ? undefined : `user pool: ${message}`;
}

/** One line for a mail, with the code or the temporary password that is in it. A stranger may have chosen the address. */
export function mailLine({ to, subject, text }: Mail): string {
  return `mail to ${to}: ${subject}: ${text}`.replaceAll(/\p{C}/gu, '\u{FFFD}');
}
