import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { type Server as NetServer, type Socket } from 'node:net';
import { type Duplex } from 'node:stream';

import { type HeaderModification, type Listener } from '@gatehouse/listener';

import { pageAnswer } from './answer.ts';
import { answerUnreadable, type ParseError } from './unreadable.ts';
import { type Counters } from './counters.ts';
import { type Exchange, http2Exchange, plainExchange, sendAnswer, upgradeExchange } from './exchange.ts';
import { listen } from './listen.ts';
import { maximumHeaderBytes } from './request-limits.ts';
import { asksForWebSocket } from './websocket.ts';

/** A certificate and its key, PEM. */
export interface TlsCredentials {
  readonly key: string;
  readonly cert: string;
}

export interface ListenerServerOptions {
  readonly tls: TlsCredentials;
  readonly host: string;
  readonly counters: Counters;
  readonly serve: (exchange: Exchange) => void;
  /** Of the configuration of the moment. */
  readonly headerModification: () => HeaderModification | undefined;
}

/** A socket that takes the requests of one listener. */
export interface ListenerServer {
  readonly port: number;
  /** Stops listening and breaks every connection. */
  close(): Promise<void>;
}

/** More than any request may have, so that which of the limits it exceeds can still be told. */
const parsedHeaderBytes = 2 * maximumHeaderBytes;

/** load-balancer "client keep alive", its default. */
const clientKeepAliveMilliseconds = 3600 * 1000;

/** @throws {LocalAlbError} `PORT_IN_USE`, `LISTEN_FAILED` */
export async function openListener(
  listener: Pick<Listener, 'protocol' | 'port' | 'address'>,
  options: ListenerServerOptions,
): Promise<ListenerServer> {
  const server = listener.protocol === 'HTTPS' ? secureServer(options) : plainServer();
  const latest = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (incoming: IncomingMessage | Http2ServerRequest, response: unknown) => {
    if (!('stream' in incoming)) latest.set(incoming.socket, response as ServerResponse);
    const modification = options.headerModification();
    options.serve(
      'stream' in incoming
        ? http2Exchange(incoming, response as Http2ServerResponse, modification)
        : plainExchange(incoming, response as ServerResponse, modification),
    );
  });
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    const exchange = upgradeExchange(incoming, socket, head, options.headerModification());
    if (asksForWebSocket(incoming)) options.serve(exchange);
    else sendAnswer(exchange, pageAnswer(400));
  });
  server.on('clientError', (error: ParseError, socket: Duplex) => {
    const response = latest.get(socket);
    // A body that cannot be read, of a request that has its answer: a second one would be taken for another request's.
    if (response?.headersSent === true && !response.req.complete) socket.end();
    else answerUnreadable(error, socket, options.headerModification());
  });
  server.on('tlsClientError', () => options.counters.handshakeFailed());
  const sockets = trackSockets(server, options.counters);
  const port = await listen(server, { port: listener.port, host: options.host, name: listener.address });
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function secureServer({ tls }: ListenerServerOptions): NetServer {
  const server = createSecureServer({
    key: tls.key,
    cert: tls.cert,
    allowHTTP1: true,
    // As Node's HTTP server has it: else the end of a small answer waits 40 ms for the client to confirm its head.
    noDelay: true,
    minVersion: 'TLSv1.2',
    settings: { maxHeaderListSize: parsedHeaderBytes },
  });
  // Node 20 takes these options for HTTP/1.1 of an HTTP/2 server only as properties.
  return Object.assign(server, timeouts, { maxHeaderSize: parsedHeaderBytes });
}

function plainServer(): Server {
  return Object.assign(createServer({ maxHeaderSize: parsedHeaderBytes }), timeouts);
}

/** No limit to the whole of a request: an upload may take its time; between two requests there is one. */
const timeouts = { keepAliveTimeout: clientKeepAliveMilliseconds, requestTimeout: 0 };

function trackSockets(server: NetServer, counters: Counters): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  // One for all, as idle WebSockets keep it.
  function closed(this: Socket): void {
    counters.disconnected();
    sockets.delete(this);
  }
  server.on('connection', (socket: Socket) => {
    counters.connected();
    sockets.add(socket);
    socket.on('close', closed);
  });
  return sockets;
}
