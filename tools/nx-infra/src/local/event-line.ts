import { type AlbEvent } from '@gatehouse/local-alb';
import { type LogEntry } from '@gatehouse/local-cognito';

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

/** One line for what happened in the user pool. */
export function poolLine({ message }: LogEntry): string {
  return `user pool: ${message}`;
}
