import { type ClientRequest, type IncomingMessage, STATUS_CODES } from 'node:http';
import { type Socket } from 'node:net';

import { type Exchange } from './exchange.ts';
import { clientHeaders } from './headers.ts';
import { type RelayOptions, type RelayResult } from './relay.ts';

/** Whether a request asks for the one upgrade that a load balancer passes on. */
export function asksForWebSocket(incoming: IncomingMessage): boolean {
  return incoming.method === 'GET' && incoming.headers.upgrade?.toLowerCase() === 'websocket';
}

/**
 * Joins client and target once the target has switched protocols. The login was checked with the request; a session
 * that ends later does not end the connection.
 */
export function joinWebSocket(
  exchange: Exchange,
  upstream: ClientRequest,
  options: RelayOptions,
): Promise<RelayResult> {
  return new Promise((resolve) => {
    upstream.on('upgrade', (answer, targetSocket, targetHead) => {
      const client = exchange.upgrade;
      if (client === undefined || client.socket.destroyed) {
        targetSocket.destroy();
        return;
      }
      exchange.response.detachSocket(client.socket);
      client.socket.write(switchingProtocols(answer, options.setCookies));
      if (targetHead.length > 0) client.socket.write(targetHead);
      if (client.head.length > 0) targetSocket.write(client.head);
      options.meter.answered(101);
      const closed = join(client.socket, targetSocket, options.idleTimeoutMilliseconds);
      resolve({ status: 101, complete: true, closed });
    });
  });
}

function switchingProtocols(answer: IncomingMessage, setCookies: readonly string[]): string {
  const headers = {
    ...clientHeaders(answer.rawHeaders, setCookies),
    Connection: 'Upgrade',
    Upgrade: answer.headers.upgrade ?? 'websocket',
  };
  const lines = Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value) => `${name}: ${value}\r\n`),
  );
  return `HTTP/1.1 101 ${STATUS_CODES[101]}\r\n${lines.join('')}\r\n`;
}

/**
 * Here no closure sees the request: thousands of WebSockets may be open and idle, and each would keep its request, its
 * response and their headers in memory.
 */
function join(one: Socket, other: Socket, idleTimeoutMilliseconds: number): Promise<void> {
  for (const socket of [one, other]) {
    for (const event of ['drain', 'timeout']) socket.removeAllListeners(event);
    endWhenIdle(socket, idleTimeoutMilliseconds);
  }
  one.pipe(other);
  other.pipe(one);
  endWith(one, other);
  endWith(other, one);
  return new Promise((resolve) => other.on('close', () => resolve()));
}

function endWhenIdle(socket: Socket, milliseconds: number): void {
  socket.setTimeout(milliseconds, () => socket.destroy());
}

function endWith(socket: Socket, peer: Socket): void {
  socket.on('error', () => undefined);
  socket.on('close', () => peer.destroySoon());
}
