import { randomBytes } from 'node:crypto';
import { type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

import { type AccessEntry } from './access-log.ts';
import { type RequestEvent } from './event.ts';
import { type Exchange } from './exchange.ts';

/** What is known of a client's connection. */
export interface ConnectionFacts {
  readonly protocol: RequestEvent['protocol'];
  readonly logged: Pick<
    AccessEntry,
    'type' | 'client' | 'httpVersion' | 'tlsCipher' | 'tlsProtocol' | 'serverName' | 'connectionId'
  >;
}

/** They hold for all requests of a connection but the one that makes it a WebSocket. */
const known = new WeakMap<Socket, ConnectionFacts>();

/** Read before the answer ends: a socket that is closed knows nothing any more. */
export function connectionFacts(exchange: Exchange): ConnectionFacts {
  const { incoming, upgrade } = exchange;
  let facts = known.get(incoming.socket);
  if (facts === undefined) {
    facts = readFacts(exchange);
    if (upgrade === undefined) known.set(incoming.socket, facts);
  }
  if (upgrade === undefined) return facts;
  // No request follows, and an idle WebSocket need not keep them.
  known.delete(incoming.socket);
  const type = facts.logged.type === 'https' ? 'wss' : 'ws';
  return { protocol: 'websocket', logged: { ...facts.logged, type } };
}

function readFacts({ incoming, stream }: Exchange): ConnectionFacts {
  // HTTP/2's compatibility API wraps the socket; this is the one beneath.
  const socket = stream?.session?.socket ?? incoming.socket;
  // Through the wrapper of HTTP/2 `instanceof` holds too.
  const tls = socket instanceof TLSSocket;
  return {
    protocol: stream === undefined ? 'http/1.1' : 'h2',
    logged: {
      type: stream === undefined ? (tls ? 'https' : 'http') : 'h2',
      client: `${(socket.remoteAddress ?? '').replace(/^::ffff:/, '')}:${socket.remotePort ?? ''}`,
      httpVersion: stream === undefined ? incoming.httpVersion : '2.0',
      // One for each connection.
      connectionId: `TID_${randomBytes(16).toString('hex')}`,
      ...(tls ? tlsFacts(socket) : {}),
    },
  };
}

function tlsFacts(socket: TLSSocket): Pick<AccessEntry, 'tlsCipher' | 'tlsProtocol' | 'serverName'> {
  const tlsProtocol = socket.getProtocol();
  const { servername } = socket as TLSSocket & { readonly servername?: string | false };
  return {
    tlsCipher: socket.getCipher().name,
    ...(tlsProtocol === null ? {} : { tlsProtocol }),
    ...(typeof servername === 'string' && servername !== '' ? { serverName: servername } : {}),
  };
}
