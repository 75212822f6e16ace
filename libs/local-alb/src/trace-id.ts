import { randomBytes } from 'node:crypto';

/**
 * The `X-Amzn-Trace-Id` that the target gets: a new `Root`, or the client's fields with a new `Self` in front.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-request-tracing.html
 *
 * @param now milliseconds since the epoch
 */
export function traceId(received: string | undefined, now: number): string {
  const id = `1-${Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0')}-${randomBytes(12).toString('hex')}`;
  const kept = (received ?? '').split(';').filter((field) => field !== '' && !/^\s*self=/i.test(field));
  if (kept.some((field) => /^\s*root=/i.test(field))) return [`Self=${id}`, ...kept].join(';');
  return [`Root=${id}`, ...kept].join(';');
}
