import { type ClientHttp2Session, type ClientHttp2Stream, constants, type OutgoingHttpHeaders } from 'node:http2';

import { type Dispatcher } from 'undici';

import { headBytes, type Header, paired } from './alb-request.ts';
import { grouped } from './headers.ts';
import { maximumResponseHeaderBytes, targetName, type TargetRequest } from './target-request.ts';

/**
 * Sends a request over a connection of HTTP/2, and tells a handler of undici's what becomes of it.
 *
 * Node's own client: undici's ends an answer with its trailers, though the reader has not taken all of it yet, and does
 * not say whether an answer had a body, which a call of gRPC that fails must not have.
 */
export function dispatchHttp2(
  session: ClientHttp2Session,
  request: TargetRequest,
  handler: Dispatcher.DispatchHandler,
): ClientHttp2Stream | undefined {
  let stream: ClientHttp2Stream;
  try {
    stream = session.request(requestHeaders(request), { endStream: request.body === undefined });
  } catch (error) {
    new StreamController(undefined, handler).abort(new RequestRefused('HTTP/2 does not carry it', { cause: error }));
    return undefined;
  }
  const controller = new StreamController(stream, handler);
  if (session.connecting) session.once('connect', () => controller.start());
  else controller.start();
  if (request.body !== undefined) {
    const { body } = request;
    body.pipe(stream);
    stream.on('close', () => body.destroy());
  }
  return stream;
}

/** A request that HTTP/2 does not carry, such as one with two of a header that may come once. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
}

/** What is going on with one request of HTTP/2. */
export class StreamController implements Dispatcher.DispatchController {
  readonly #stream: ClientHttp2Stream | undefined;
  readonly #handler: Dispatcher.DispatchHandler;
  #reason: Error | null = null;
  #over = false;
  /** Of the answer. */
  headers: readonly Header[] = [];
  trailers: readonly Header[] = [];
  /** Whether the answer is its head alone. */
  headAlone = false;

  constructor(stream: ClientHttp2Stream | undefined, handler: Dispatcher.DispatchHandler) {
    this.#stream = stream;
    this.#handler = handler;
    stream?.on('response', (_, flags: number, raw?: readonly string[]) => this.#answered(flags, raw ?? []));
    stream?.on('trailers', (_, __, raw?: readonly string[]) => (this.trailers = paired(raw ?? [])));
    stream?.on('data', (chunk: Buffer) => {
      if (!this.#over) handler.onResponseData?.(this, chunk);
    });
    stream?.on('end', () => this.#end());
    // A connection that fails cancels its requests, and is the cause.
    stream?.on('error', (error: Error) => this.#fail(error.cause instanceof Error ? error.cause : error));
    stream?.on('close', () => this.#fail(new Error('the target ended the stream before its answer')));
  }

  get aborted(): boolean {
    return this.#reason !== null;
  }

  get reason(): Error | null {
    return this.#reason;
  }

  get paused(): boolean {
    return this.#stream?.isPaused() ?? false;
  }

  /** The request is on its connection. */
  start(): void {
    if (!this.#over) this.#handler.onRequestStart?.(this, undefined);
  }

  pause(): void {
    this.#stream?.pause();
  }

  resume(): void {
    this.#stream?.resume();
  }

  abort(reason: Error): void {
    this.#reason ??= reason;
    this.#fail(reason);
    this.#stream?.close(constants.NGHTTP2_CANCEL);
  }

  #answered(flags: number, raw: readonly string[]): void {
    if (this.#over) return;
    this.headers = paired(raw).filter(([name]) => !name.startsWith(':'));
    // Node refuses it, too, but not on the first answer of a connection, which the target may have sent unasked.
    if (headBytes(this.headers) > maximumResponseHeaderBytes) return this.abort(new Error('the head is too large'));
    this.headAlone = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    this.#handler.onResponseStart?.(this, Number(raw[1]), {});
    if (this.headAlone) this.#end();
  }

  #end(): void {
    // A stream that was reset ends, too.
    if (this.#over || this.#stream?.rstCode !== constants.NGHTTP2_NO_ERROR) return;
    this.#over = true;
    this.#handler.onResponseEnd?.(this, {});
    // What the client may still send is for nobody.
    if (!this.#stream.writableEnded) this.#stream.close(constants.NGHTTP2_CANCEL);
  }

  #fail(error: Error): void {
    if (this.#over) return;
    this.#over = true;
    this.#handler.onResponseError?.(this, error);
  }
}

function requestHeaders({ target, method, path, headers }: TargetRequest): OutgoingHttpHeaders {
  const authority = headers.find(([name]) => name.toLowerCase() === 'host')?.[1];
  return {
    ':method': method,
    ':scheme': target.protocol === 'https:' ? 'https' : 'http',
    ':authority': authority ?? targetName(target).address,
    ':path': path,
    ...grouped(headers.filter(([name]) => name.toLowerCase() !== 'host')),
  };
}
