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

const ids = new WeakMap<Socket, string>();

/** Read before the answer ends: a socket that is closed knows nothing any more. */
export function connectionFacts(exchange: Exchange): ConnectionFacts {
  const { incoming, upgrade, stream } = exchange;
  // HTTP/2's compatibility API wraps the socket; this is the one beneath.
  const socket = stream?.session?.socket ?? incoming.socket;
  const protocol = upgrade === undefined ? (stream === undefined ? 'http/1.1' : 'h2') : 'websocket';
  // Through the wrapper of HTTP/2 `instanceof` holds too.
  const tls = socket instanceof TLSSocket;
  return {
    protocol,
    logged: {
      type: typeOf(protocol, tls),
      client: `${(socket.remoteAddress ?? '').replace(/^::ffff:/, '')}:${socket.remotePort ?? ''}`,
      httpVersion: stream === undefined ? incoming.httpVersion : '2.0',
      connectionId: connectionId(stream === undefined ? socket : incoming.socket),
      ...(tls ? tlsFacts(socket) : {}),
    },
  };
}

function typeOf(protocol: RequestEvent['protocol'], tls: boolean): AccessEntry['type'] {
  if (protocol === 'h2') return 'h2';
  if (protocol === 'websocket') return tls ? 'wss' : 'ws';
  return tls ? 'https' : 'http';
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

/** "TID_" and 32 hexadecimal digits, one for each connection. */
function connectionId(socket: Socket): string {
  const known = ids.get(socket);
  if (known !== undefined) return known;
  const id = `TID_${randomBytes(16).toString('hex')}`;
  ids.set(socket, id);
  return id;
}
