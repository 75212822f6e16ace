import { type ClientRequest, type IncomingMessage } from 'node:http';

import { cookieHeaders, pageAnswer } from './answer.ts';
import { bodyBrokenOff, breakOff, clientGone, type Exchange, hasBody, sendAnswer } from './exchange.ts';
import { clientHeaders } from './headers.ts';
import { TargetTimeout } from './target.ts';

export interface RelayOptions {
  /** Cookies that the load balancer adds to the target's answer. */
  readonly setCookies: readonly string[];
  /** After this long without a byte either way the connection to the target is closed. */
  readonly idleTimeoutMilliseconds: number;
}

/** How a forwarded request ended. */
export interface RelayResult {
  /** 460 when the client left first, as AWS logs it. */
  readonly status: number;
  /** Whether the answer was whole. */
  readonly complete: boolean;
}

/**
 * Streams a request to its target and the answer back, each no faster than the other side reads. An answer that the
 * target does not finish is broken off, never ended as if it were whole.
 */
export function relay(exchange: Exchange, upstream: ClientRequest, options: RelayOptions): Promise<RelayResult> {
  const { response } = exchange;
  const { promise, resolve } = withResolvers<RelayResult>();
  let answer: IncomingMessage | undefined;

  /** Once there is an answer, its own end tells: a target may well answer and close during an upload. */
  const failBeforeAnswer = (error?: unknown): void => {
    if (answer !== undefined || response.headersSent || clientGone(exchange)) return;
    const status = error instanceof TargetTimeout ? 504 : 502;
    sendAnswer(exchange, pageAnswer(status, cookieHeaders(options.setCookies)));
    resolve({ status, complete: true });
  };

  upstream.setTimeout(options.idleTimeoutMilliseconds, () => upstream.destroy(new TargetTimeout()));
  upstream.on('error', failBeforeAnswer);
  // Without an error when the target switched protocols though nobody asked.
  upstream.on('close', () => failBeforeAnswer());
  upstream.on('response', (received) => {
    try {
      response.writeHead(received.statusCode ?? 502, clientHeaders(received.rawHeaders, options.setCookies));
    } catch (error) {
      // Headers that came in but may not go out, such as two lengths over HTTP/2.
      upstream.destroy();
      failBeforeAnswer(error);
      return;
    }
    answer = received;
    void relayAnswer(exchange, received).then((complete) => {
      resolve({ status: received.statusCode ?? 502, complete });
      // It answered without reading the whole request: that connection is of no more use.
      if (!upstream.writableFinished) upstream.destroy();
    });
  });
  response.on('close', () => {
    // Whole, or broken off because the target's answer was.
    if (response.writableEnded || answer?.destroyed === true) return;
    upstream.destroy();
    resolve({ status: 460, complete: false });
  });
  relayBody(exchange, upstream);
  return promise;
}

function relayBody(exchange: Exchange, upstream: ClientRequest): void {
  const { incoming } = exchange;
  if (!hasBody(exchange)) {
    upstream.end();
    incoming.resume();
    return;
  }
  incoming.on('data', (chunk: Buffer) => {
    if (!upstream.destroyed && !upstream.write(chunk)) incoming.pause();
  });
  upstream.on('drain', () => incoming.resume());
  // The rest of a body that nobody reads is dropped, or the client would not read the answer.
  upstream.on('close', () => incoming.resume());
  incoming.on('end', () => {
    if (bodyBrokenOff(exchange)) upstream.destroy();
    else upstream.end();
  });
}

/** Resolves with whether the answer was whole. */
function relayAnswer(exchange: Exchange, answer: IncomingMessage): Promise<boolean> {
  const { response } = exchange;
  return new Promise((resolve) => {
    // Server-sent events: the head must not wait for the first event.
    response.flushHeaders();
    answer.on('data', (chunk: Buffer) => {
      if (!response.write(chunk)) answer.pause();
    });
    response.on('drain', () => answer.resume());
    answer.on('end', () => {
      response.end();
      resolve(true);
    });
    answer.on('error', () => undefined);
    answer.on('close', () => {
      if (!answer.complete) breakOff(exchange);
      resolve(answer.complete);
    });
  });
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
