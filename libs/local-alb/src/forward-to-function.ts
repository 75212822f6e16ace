import { type FunctionTargetGroup } from '@gatehouse/listener';

import { type Header } from './alb-request.ts';
import { type Answer, cookieHeaders, pageAnswer } from './answer.ts';
import { bodyBrokenOff, clientGone, type Exchange, hasBody, sendAnswer } from './exchange.ts';
import { type FunctionAnswer, readFunctionAnswer } from './function-answer.ts';
import { functionEvent } from './function-event.ts';
import { type FunctionErrorReason } from './function-fault.ts';
import { type Handling } from './handling.ts';
import { invokeFunction } from './invoke-function.ts';
import { type TargetLease } from './registered-target.ts';
import { type Meter } from './relay.ts';

/** "The maximum size of the request body that you can send to a Lambda function is 1 MB": lambda-functions.html, "Limits". */
export const maximumFunctionBodyBytes = 1024 * 1024;

export interface FunctionForward {
  readonly lease: TargetLease;
  readonly group: FunctionTargetGroup;
  /** Of the request to the target. */
  readonly headers: readonly Header[];
  readonly setCookies: readonly string[];
}

/** Invokes a function with a request, and answers with what it returns; both are held as a whole, as they must be small. */
export async function forwardToFunction(
  handling: Handling,
  { lease, group, headers, setCookies }: FunctionForward,
): Promise<void> {
  const { exchange, request, loadBalancer, runtime, trail } = handling;
  const refuse = (status: number, detail: string, reason?: FunctionErrorReason): void => {
    trail.failed(detail, reason);
    sendAnswer(exchange, trail.answered(pageAnswer(status, cookieHeaders(setCookies))));
  };
  // "WebSockets are not supported. Upgrade requests are rejected with an HTTP 400 code."
  if (exchange.upgrade !== undefined) return refuse(400, 'a function takes no WebSocket');
  const waiting = new AbortController();
  lease.onCut(() => waiting.abort());
  const body = await readBody(exchange, loadBalancer.attributes.idleTimeoutSeconds * 1000, trail);
  switch (body) {
    case 'too large':
      return refuse(413, 'a body of more than 1 MB for a function', 'LambdaRequestTooLarge');
    case 'late':
      return refuse(408, 'the client did not send what it announced');
    case 'broken off':
      return trail.relayed({ status: 460, complete: false });
  }
  const { method, path, query } = request;
  const event = functionEvent({ method, path, query, headers, body }, group);
  // The reason is documented, and its status is not.
  if (event === undefined)
    return refuse(400, 'headers or a text that are not UTF-8, for a function', 'LambdaBadRequest');
  trail.invoked(headers, body.length);
  exchange.response.once('close', () => waiting.abort());
  const { dispatcher } = runtime.connections;
  const invocation = await invokeFunction(lease.target, event, { dispatcher, signal: waiting.signal });
  if (clientGone(exchange)) return trail.relayed({ status: 460, complete: false });
  const answer = 'fault' in invocation ? invocation.fault : readFunctionAnswer(invocation.json, group);
  trail.functionEnded();
  if (typeof answer === 'string') return refuse(502, `the function gave no answer: ${answer}`, answer);
  trail.functionAnswered(answer.status, answer.body.length);
  sendAnswer(exchange, trail.answered(answerOf(answer, setCookies)));
}

/** The load balancer makes the answer of what the function says, its own name in it where the function gives none. */
function answerOf({ status, headers, body }: FunctionAnswer, setCookies: readonly string[]): Answer {
  const has = (name: string): boolean => headers.some((header) => header[0].toLowerCase() === name);
  // RFC 9110 sections 6.4.1 and 8.6: these have neither a body nor a length.
  const empty = status === 204 || status === 304;
  return {
    status,
    headers: [
      ...(has('server') ? [] : [['Server', 'awselb/2.0'] as const]),
      ...(empty || has('content-type') ? [] : [['Content-Type', 'application/octet-stream'] as const]),
      ...headers,
      ...(empty ? [] : [['Content-Length', String(body.length)] as const]),
      ...cookieHeaders(setCookies),
    ],
    body: empty ? '' : body,
  };
}

type UnreadBody = 'too large' | 'late' | 'broken off';

/** Reads no more than a function may get; the rest is dropped when the answer is sent. */
function readBody(exchange: Exchange, idleTimeoutMilliseconds: number, meter: Meter): Promise<Buffer | UnreadBody> {
  const { incoming } = exchange;
  if (!hasBody(exchange)) return Promise.resolve(Buffer.alloc(0));
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const idle = setTimeout(() => end('late'), idleTimeoutMilliseconds);
    const end = (body: Buffer | UnreadBody): void => {
      clearTimeout(idle);
      incoming.off('data', take);
      chunks.length = 0;
      resolve(body);
    };
    const take = (chunk: Buffer): void => {
      idle.refresh();
      meter.received(chunk.length);
      length += chunk.length;
      if (length > maximumFunctionBodyBytes) end('too large');
      else chunks.push(chunk);
    };
    incoming.on('data', take);
    incoming.on('end', () => end(bodyBrokenOff(exchange) ? 'broken off' : Buffer.concat(chunks)));
    incoming.on('close', () => end('broken off'));
  });
}
