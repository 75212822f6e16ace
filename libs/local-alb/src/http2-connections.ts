import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';

import { type Dispatcher, errors } from 'undici';

import { dispatchHttp2 } from './http2-dispatch.ts';
import {
  connectTimeoutMilliseconds,
  keptOpenMilliseconds,
  maximumResponseHeaderBytes,
  targetName,
  type TargetRequest,
} from './target-request.ts';

/** Requests at a time on a connection to a target that allows for more. */
const maximumStreams = 128;

interface Connection {
  readonly session: ClientHttp2Session;
  /** Requests on it. */
  streams: number;
}

/** The connections of HTTP/2 to targets, each for many requests at a time: with TLS by ALPN, without by prior knowledge. */
export class Http2Connections {
  readonly #secureContext: SecureContext;
  readonly #byOrigin = new Map<string, Set<Connection>>();

  constructor(secureContext: SecureContext) {
    this.#secureContext = secureContext;
  }

  /** Sends a request, and tells what becomes of it. */
  dispatch(request: TargetRequest, handler: Dispatcher.DispatchHandler): void {
    const connection = this.#connection(request.target);
    connection.streams++;
    const stream = dispatchHttp2(connection.session, request, handler);
    if (stream === undefined) connection.streams--;
    else stream.on('close', () => connection.streams--);
  }

  close(): void {
    for (const connections of this.#byOrigin.values()) for (const { session } of connections) session.destroy();
  }

  #connection(target: URL): Connection {
    const { origin } = targetName(target);
    const connections = this.#byOrigin.get(origin) ?? new Set();
    this.#byOrigin.set(origin, connections);
    for (const one of connections) if (takesMore(one)) return one;
    const connection = { session: openHttp2(target, this.#secureContext), streams: 0 };
    connections.add(connection);
    const forget = (): void => void connections.delete(connection);
    connection.session.on('close', forget);
    // It takes no more requests; those that it has are finished.
    connection.session.on('goaway', forget);
    connection.session.setTimeout(keptOpenMilliseconds, () => {
      if (connection.streams === 0) connection.session.close();
    });
    return connection;
  }
}

function takesMore({ session, streams }: Connection): boolean {
  if (session.closed || session.destroyed) return false;
  return streams < Math.min(session.remoteSettings.maxConcurrentStreams ?? maximumStreams, maximumStreams);
}

/** A connection to a target; its requests fail when it does. */
export function openHttp2(target: URL, secureContext: SecureContext): ClientHttp2Session {
  const socket = openSocket(target, secureContext);
  const session = connectHttp2(targetName(target).origin, {
    createConnection: () => socket,
    // Larger answers' heads are refused by Node.
    settings: { enablePush: false, maxHeaderListSize: maximumResponseHeaderBytes },
  });
  const timer = setTimeout(() => session.destroy(new errors.ConnectTimeoutError()), connectTimeoutMilliseconds);
  session.on('connect', () => clearTimeout(timer));
  session.on('close', () => clearTimeout(timer));
  // Told to each request by its stream.
  session.on('error', () => undefined);
  socket.once('secureConnect', () => {
    if ((socket as TLSSocket).alpnProtocol !== 'h2') session.destroy(new Error('the target does not speak HTTP/2'));
  });
  return session;
}

function openSocket({ protocol, hostname, port }: URL, secureContext: SecureContext): Socket {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (protocol !== 'https:') return connectPlain({ host, port: Number(port || 80), noDelay: true });
  return connectTls({
    host,
    port: Number(port || 443),
    servername: isIP(host) === 0 ? host : '',
    secureContext,
    ALPNProtocols: ['h2'],
  });
}
