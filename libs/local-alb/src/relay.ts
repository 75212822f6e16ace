import { type IncomingHttpHeaders } from 'node:http';
import { type Socket } from 'node:net';
import { type Duplex, Readable } from 'node:stream';

import { type Dispatcher, errors } from 'undici';

import { headBytes, type Header } from './alb-request.ts';
import { cookieHeaders, pageAnswer } from './answer.ts';
import {
  bodyBrokenOff,
  breakOff,
  clientGone,
  type Exchange,
  hasBody,
  sendAnswer,
  setHead,
  setTrailers,
  writeHead,
} from './exchange.ts';
import { modifiedHeaders, modifiedOwnHeaders } from './header-modification.ts';
import { clientHeaders } from './headers.ts';
import { RequestRefused, StreamController } from './http2-dispatch.ts';
import { type TargetConnections } from './target.ts';
import { type TargetRequest } from './target-request.ts';
import { joinWebSocket } from './websocket.ts';

export interface RelayOptions {
  readonly connections: TargetConnections;
  readonly request: Omit<TargetRequest, 'body' | 'upgrade'>;
  readonly breaker: Breaker;
  /** Cookies that the load balancer adds to the target's answer. */
  readonly setCookies: readonly string[];
  /** After this long without a byte either way the connection to the target is closed. */
  readonly idleTimeoutMilliseconds: number;
  readonly meter: Meter;
}

/** Breaks a request off, or the WebSocket that it became: in a place of its own, so that to hold it holds nothing else. */
export interface Breaker {
  cut: () => void;
}

/** Is told how much passes. */
export interface Meter {
  /** Bytes of the body from the client. */
  received(bytes: number): void;
  /** Bytes of the answer to the client. */
  sent(bytes: number): void;
  /** The target's answer has begun. */
  targetAnswered(status: number): void;
}

/** How a forwarded request ended. */
export interface RelayResult {
  /** 460 when the client left first, as AWS logs it. */
  readonly status: number;
  /** Whether the answer was whole. */
  readonly complete: boolean;
  /** Of a WebSocket that was opened: its connection to the target. */
  readonly opened?: Socket;
}

/**
 * Streams a request to its target and the answer back, each no faster than the other side reads. An answer that the
 * target does not finish is broken off, never ended as if it were whole.
 */
export function relay(exchange: Exchange, options: RelayOptions): Promise<RelayResult> {
  return new Promise((resolve) => {
    const relaying = new Relaying(exchange, options, resolve);
    const { target, method, path, headers, once, protocolVersion } = options.request;
    const upgrade = exchange.upgrade === undefined ? undefined : 'websocket';
    const body = hasBody(exchange) ? relaying.takeBody() : undefined;
    options.connections.dispatch({ target, method, path, headers, once, upgrade, body, protocolVersion }, relaying);
  });
}

/** The client did not send what it announced: load-balancer-troubleshooting.html, "HTTP 408". */
class ClientTimeout extends Error {
  override readonly name = 'ClientTimeout';
}

/** The target did not answer in time. */
class TargetTimeout extends Error {
  override readonly name = 'TargetTimeout';
}

/** Nobody waits for the answer any more, or the target's time is over. */
class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
}

class Relaying implements Dispatcher.DispatchHandler {
  readonly #exchange: Exchange;
  readonly #options: RelayOptions;
  readonly #resolve: (result: RelayResult) => void;
  /** From when the request is on its connection. */
  #controller: Dispatcher.DispatchController | undefined;
  #body: Readable | undefined;
  #idle: NodeJS.Timeout | undefined;
  /** Of the target's answer; 0 before it. */
  #status = 0;
  /** Whether the head has gone out; before, it and what came with it wait to be written together, as one record of TLS. */
  #flushed = false;
  #held: Buffer | undefined;
  #over = false;

  constructor(exchange: Exchange, options: RelayOptions, resolve: (result: RelayResult) => void) {
    this.#exchange = exchange;
    this.#options = options;
    this.#resolve = resolve;
    options.breaker.cut = () => this.#abort(new BrokenOff());
    exchange.response.on('close', () => {
      // Whole, or broken off because the target's answer was.
      if (exchange.response.writableEnded || this.#over) return;
      this.#end({ status: 460, complete: false });
      this.#controller?.abort(new BrokenOff());
    });
  }

  /** The client's body, apart from its connection: that outlives a target that breaks off. */
  takeBody(): Readable {
    const { incoming } = this.#exchange;
    const body = new Readable({
      read: () => void incoming.resume(),
      // The rest of a body that nobody reads is dropped, or the client would not read the answer.
      destroy: (error, callback) => {
        incoming.resume();
        callback(error);
      },
    });
    body.on('error', () => undefined);
    incoming.on('data', (chunk: Buffer) => {
      this.#options.meter.received(chunk.length);
      this.#idle?.refresh();
      if (!body.destroyed && !body.push(chunk)) incoming.pause();
    });
    incoming.on('end', () => {
      if (bodyBrokenOff(this.#exchange)) this.#abort(new BrokenOff());
      else if (!body.destroyed) body.push(null);
    });
    this.#body = body;
    return body;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#over) return controller.abort(new BrokenOff());
    this.#idle = setTimeout(
      () => controller.abort(this.#waitsForClient() ? new ClientTimeout() : new TargetTimeout()),
      this.#options.idleTimeoutMilliseconds,
    );
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    // What is said in between, such as 103, is not handed on.
    if (this.#over || status < 200) return;
    this.#idle?.refresh();
    const own = clientHeaders(headerPairs(controller), this.#options.setCookies);
    const headers = modifiedHeaders(own, this.#exchange.headerModification);
    try {
      // A failed call of gRPC has no body, not even an empty one: its head and its end are one frame.
      if (controller instanceof StreamController && controller.headAlone) {
        setHead(this.#exchange, status, headers);
      } else writeHead(this.#exchange, status, headers);
    } catch (error) {
      // Headers that came in but may not go out, such as two lengths over HTTP/2.
      controller.abort(error as Error);
      return;
    }
    this.#status = status;
    this.#options.meter.targetAnswered(status);
    this.#options.meter.sent(headBytes(headers));
    // Server-sent events: the head must not wait for the first event; but what is there at once goes out at once.
    queueMicrotask(() => this.#flush());
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#over) return;
    this.#idle?.refresh();
    this.#options.meter.sent(chunk.length);
    if (!this.#flushed && this.#held === undefined) {
      this.#held = chunk;
      return;
    }
    this.#flush();
    const { response } = this.#exchange;
    if (response.write(chunk)) return;
    controller.pause();
    response.once('drain', () => controller.resume());
  }

  onResponseEnd(controller: Dispatcher.DispatchController): void {
    if (this.#over) return;
    this.#flushed = true;
    if (controller instanceof StreamController) {
      const trailers = clientHeaders(controller.trailers, []);
      setTrailers(this.#exchange, trailers);
      this.#options.meter.sent(headBytes(trailers));
    }
    this.#exchange.response.end(this.#held);
    this.#end({ status: this.#status, complete: true });
  }

  onResponseError(_: unknown, error: Error): void {
    if (this.#over) return;
    if (this.#status > 0) {
      this.#end({ status: this.#status, complete: false });
      breakOff(this.#exchange);
    } else if (!clientGone(this.#exchange)) {
      const status = statusOf(error);
      this.#end({ status, complete: true });
      const page = pageAnswer(status, cookieHeaders(this.#options.setCookies));
      const headers = modifiedOwnHeaders(page.headers, this.#exchange.headerModification);
      this.#options.meter.sent(headBytes(headers) + Buffer.byteLength(page.body));
      sendAnswer(this.#exchange, page);
    }
  }

  onRequestUpgrade(
    controller: Dispatcher.DispatchController,
    status: number,
    _headers: IncomingHttpHeaders,
    duplex: Duplex,
  ): void {
    // Of a connection that was made to a host and a port.
    const socket = duplex as Socket;
    const { setCookies, idleTimeoutMilliseconds, meter, breaker } = this.#options;
    const own = clientHeaders(headerPairs(controller), setCookies);
    const answer = modifiedHeaders(own, this.#exchange.headerModification);
    const joined = !this.#over && joinWebSocket(this.#exchange, socket, answer, idleTimeoutMilliseconds);
    if (!joined) return void socket.destroy();
    breaker.cut = () => socket.destroy();
    meter.targetAnswered(status);
    this.#end({ status, complete: true, opened: socket });
  }

  #flush(): void {
    if (this.#flushed || this.#over) return;
    this.#flushed = true;
    const { response } = this.#exchange;
    if (this.#held === undefined) response.flushHeaders();
    else response.write(this.#held);
    this.#held = undefined;
  }

  /** Whether what the client announced is not all here, and the target takes what is. */
  #waitsForClient(): boolean {
    return this.#body !== undefined && this.#body.readableLength === 0 && !this.#exchange.incoming.readableEnded;
  }

  #abort(reason: Error): void {
    if (this.#controller === undefined) this.onResponseError(undefined, reason);
    else this.#controller.abort(reason);
  }

  #end(result: RelayResult): void {
    this.#over = true;
    clearTimeout(this.#idle);
    this.#resolve(result);
  }
}

function statusOf(error: Error): 400 | 408 | 502 | 504 {
  if (error instanceof RequestRefused) return 400;
  if (error instanceof ClientTimeout) return 408;
  return error instanceof TargetTimeout || error instanceof errors.ConnectTimeoutError ? 504 : 502;
}

/** Header fields are bytes; as Node reads them, each is a character. */
function headerPairs(controller: Dispatcher.DispatchController): readonly Header[] {
  if (controller instanceof StreamController) return controller.headers;
  const raw = controller.rawHeaders as readonly Buffer[];
  const pairs: Header[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    pairs.push([(raw[index] as Buffer).toString('latin1'), (raw[index + 1] as Buffer).toString('latin1')]);
  }
  return pairs;
}
