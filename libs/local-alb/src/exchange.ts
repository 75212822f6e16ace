import { type IncomingMessage, ServerResponse } from 'node:http';
import { constants, type Http2ServerRequest, type Http2ServerResponse, type ServerHttp2Stream } from 'node:http2';
import { type Socket } from 'node:net';
import { type Duplex } from 'node:stream';

import { type HeaderModification } from '@gatehouse/listener';

import { flattened, type Header } from './alb-request.ts';
import { type Answer } from './answer.ts';
import { modifiedOwnHeaders } from './header-modification.ts';
import { grouped } from './headers.ts';

/**
 * One request on the wire and the way to answer it. HTTP/2 goes through Node's compatibility API, which has the shape
 * of HTTP/1.1's; the three functions below hold what differs.
 */
export interface Exchange {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  /** Only in HTTP/2. */
  readonly stream?: ServerHttp2Stream;
  /** Only when the client asks for a WebSocket: its connection, and what it has sent on it already. */
  readonly upgrade?: { readonly socket: Socket; readonly head: Buffer };
  /** What the listener does to the headers of every answer. */
  readonly headerModification?: HeaderModification | undefined;
}

export function plainExchange(
  incoming: IncomingMessage,
  response: ServerResponse,
  headerModification: HeaderModification | undefined,
): Exchange {
  return silenced({ incoming, response, headerModification });
}

export function http2Exchange(
  incoming: Http2ServerRequest,
  response: Http2ServerResponse,
  headerModification: HeaderModification | undefined,
): Exchange {
  return silenced({
    incoming: incoming as unknown as IncomingMessage,
    response: response as unknown as ServerResponse,
    stream: response.stream,
    headerModification,
  });
}

/** Lets a connection that asks for an upgrade be answered like any other, should there be no upgrade. */
export function upgradeExchange(
  incoming: IncomingMessage,
  connection: Duplex,
  head: Buffer,
  headerModification: HeaderModification | undefined,
): Exchange {
  // Node's servers hand on the socket that they accepted; the type allows for others.
  const socket = connection as Socket;
  const response = new ServerResponse(incoming);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  // Node's server no longer looks after this socket.
  socket.on('drain', () => response.emit('drain'));
  response.on('finish', () => socket.end());
  return silenced({ incoming, response, upgrade: { socket, head }, headerModification });
}

export function sendAnswer(exchange: Exchange, answer: Answer): void {
  const { incoming, response } = exchange;
  if (clientGone(exchange) || response.headersSent) return breakOff(exchange);
  // What is left of an answer of the target that could not be written.
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  write(exchange, answer.status, modifiedOwnHeaders(answer.headers, exchange.headerModification));
  response.end(incoming.method === 'HEAD' ? undefined : answer.body);
  // What the client still sends is read and dropped, or it would never read the answer.
  incoming.resume();
}

/** Begins an answer of the target. Throws when the headers may not go out. */
export function writeHead(exchange: Exchange, status: number, headers: readonly Header[]): void {
  write(exchange, status, headers);
}

/** The head of an answer that is nothing else: it goes out with its end. Throws when the headers may not. */
export function setHead({ response }: Exchange, status: number, headers: readonly Header[]): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(grouped(headers))) response.setHeader(name, value);
}

/** What stands behind the body, in HTTP/2. */
export function setTrailers({ response }: Exchange, trailers: readonly Header[]): void {
  for (const [name, value] of Object.entries(grouped(trailers))) response.addTrailers({ [name]: value });
}

function write({ response, stream }: Exchange, status: number, headers: readonly Header[]): void {
  if (stream === undefined) response.writeHead(status, flattened(headers));
  else response.writeHead(status, grouped(headers));
}

/** Ends an answer so that the client sees that it is not whole. */
export function breakOff(exchange: Exchange): void {
  // `destroy` would end a stream of HTTP/2 as if it were complete.
  if (exchange.stream !== undefined) exchange.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  else exchange.response.destroy();
}

/** Whether nobody is there any more to take an answer. */
export function clientGone(exchange: Exchange): boolean {
  return exchange.stream?.destroyed ?? (exchange.response.destroyed || exchange.response.socket === null);
}

/** Whether the client sends a body. */
export function hasBody(exchange: Exchange): boolean {
  if (exchange.stream !== undefined) return !exchange.stream.endAfterHeaders;
  // Not `headers`, which Node would put together of all of them for this.
  const { rawHeaders } = exchange.incoming;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase();
    if (name === 'transfer-encoding') return true;
    if (name === 'content-length') return rawHeaders[index + 1] !== '0';
  }
  return false;
}

/**
 * Whether the client gave up before its body was whole. To a reader a reset stream ends like a complete one; but a
 * stream that is only half closed, its answer still to come, is not closed.
 */
export function bodyBrokenOff({ stream, incoming }: Exchange): boolean {
  return stream === undefined ? !incoming.complete : stream.closed || stream.destroyed;
}

function ignore(): void {}

/** A connection may break at any moment; who cares listens for `close`. */
function silenced(exchange: Exchange): Exchange {
  exchange.incoming.on('error', ignore);
  exchange.response.on('error', ignore);
  exchange.upgrade?.socket.on('error', ignore);
  return exchange;
}
