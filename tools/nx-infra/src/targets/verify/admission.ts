import { type Answer, destination } from './answer.ts';
import { type Expectation } from './expectation.ts';

/**
 * What became of a request: sent to the login of the user pool; refused; broken, where the server failed; or admitted,
 * which is everything else: whatever was answered, somebody without a login got it.
 */
export type Admission = 'login' | 'refused' | 'broken' | 'admitted';

/** 405 and 501 are what methods are refused with, 429 too many requests, 431 too large a header. */
const REFUSALS: readonly number[] = [400, 401, 403, 405, 429, 431, 501];

export function admission(answer: Answer, { pool }: Pick<Expectation, 'pool'>): Admission {
  if (REFUSALS.includes(answer.status)) return 'refused';
  if (answer.status >= 500) return 'broken';
  const to = destination(answer);
  return to !== undefined && leadsToPool(to, pool) && to.pathname === '/oauth2/authorize' ? 'login' : 'admitted';
}

/** Whether an address is one of the user pool's hosted login. */
export function leadsToPool(to: URL, { hostname, port }: Expectation['pool']): boolean {
  return to.protocol === 'https:' && to.hostname === hostname && (port === undefined || to.port === port);
}
