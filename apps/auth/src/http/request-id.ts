import { randomUUID } from 'node:crypto';
import { type IncomingMessage } from 'node:http';

/** Source: Elastic Load Balancing, "Request tracing for your Application Load Balancer". */
const TRACE_ID = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/;

/**
 * The id by which a request is found in the load balancer's access log, too. `Self` comes first: the load balancer adds
 * it where a client sent a `Root` of its own, which it can send as often as it likes.
 */
export function requestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const header = headers['x-amzn-trace-id'];
  const fields = typeof header === 'string' ? header.split(';').map((field) => field.trim().split('=')) : [];
  const ids = ['Self', 'Root'].map((name) => fields.find((field) => field[0] === name)?.[1]);
  return ids.find((id) => id !== undefined && TRACE_ID.test(id)) ?? randomUUID();
}
