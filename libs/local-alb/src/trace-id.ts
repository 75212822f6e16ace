import { randomUUID } from 'node:crypto';

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
    .padStart(8, '0')}-${randomHex()}`;
  if (received === undefined) return `Root=${id}`;
  const kept = received.split(';').filter((field) => field !== '' && !/^\s*self=/i.test(field));
  if (kept.some((field) => /^\s*root=/i.test(field))) return [`Self=${id}`, ...kept].join(';');
  return [`Root=${id}`, ...kept].join(';');
}

/** 24 digits: those of a UUID that are random alone. Node makes many at a time, where bytes are asked of the system. */
function randomHex(): string {
  const uuid = randomUUID();
  return uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(24);
}
