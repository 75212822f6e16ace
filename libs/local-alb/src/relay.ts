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
  readonly meter: Meter;
}

/** Is told how much passes. */
export interface Meter {
  /** Bytes of the body from the client. */
  received(bytes: number): void;
  /** Bytes of the answer to the client. */
  sent(bytes: number): void;
  /** The target's answer has begun. */
  answered(status: number): void;
}

/** How a forwarded request ended. */
export interface RelayResult {
  /** 460 when the client left first, as AWS logs it. */
  readonly status: number;
  /** Whether the answer was whole. */
  readonly complete: boolean;
  /** Of a WebSocket that was opened: resolves when it is closed. */
  readonly closed?: Promise<void>;
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
    const status = error instanceof ClientTimeout ? 408 : error instanceof TargetTimeout ? 504 : 502;
    sendAnswer(exchange, pageAnswer(status, cookieHeaders(options.setCookies)));
    resolve({ status, complete: true });
  };

  upstream.setTimeout(options.idleTimeoutMilliseconds, () =>
    upstream.destroy(waitsForClient(exchange, upstream) ? new ClientTimeout() : new TargetTimeout()),
  );
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
    options.meter.answered(received.statusCode ?? 502);
    options.meter.sent(received.rawHeaders.reduce((sum, text) => sum + text.length + 2, 0));
    void relayAnswer(exchange, received, options.meter).then((complete) => {
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
  relayBody(exchange, upstream, options.meter);
  return promise;
}

/** Whether what the client announced is not all here, and the target takes what is. */
function waitsForClient(exchange: Exchange, upstream: ClientRequest): boolean {
  return hasBody(exchange) && !upstream.writableEnded && !upstream.writableNeedDrain;
}

/** The client did not send what it announced: load-balancer-troubleshooting.html, "HTTP 408". */
class ClientTimeout extends Error {
  override readonly name = 'ClientTimeout';
}

function relayBody(exchange: Exchange, upstream: ClientRequest, meter: Meter): void {
  const { incoming } = exchange;
  if (!hasBody(exchange)) {
    upstream.end();
    incoming.resume();
    return;
  }
  incoming.on('data', (chunk: Buffer) => {
    meter.received(chunk.length);
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

/** Gathers what is written in this turn into one write: a small answer is one record of TLS then, not three. */
function holdBack({ stream, response }: Exchange): void {
  const { socket } = response;
  if (stream !== undefined || socket === null) return;
  socket.cork();
  setImmediate(() => socket.uncork());
}

/** Resolves with whether the answer was whole. */
function relayAnswer(exchange: Exchange, answer: IncomingMessage, meter: Meter): Promise<boolean> {
  const { response } = exchange;
  return new Promise((resolve) => {
    // Server-sent events: the head must not wait for the first event; but what is there at once goes out at once.
    holdBack(exchange);
    response.flushHeaders();
    answer.on('data', (chunk: Buffer) => {
      meter.sent(chunk.length);
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
