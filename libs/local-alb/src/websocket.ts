import { type IncomingMessage, STATUS_CODES } from 'node:http';
import { type Socket } from 'node:net';

import { type Header } from './alb-request.ts';
import { type Exchange } from './exchange.ts';

/** Whether a request asks for the one upgrade that a load balancer passes on. */
export function asksForWebSocket(incoming: IncomingMessage): boolean {
  return incoming.method === 'GET' && incoming.headers.upgrade?.toLowerCase() === 'websocket';
}

/**
 * Joins client and target once the target has switched protocols. The login was checked with the request; a session
 * that ends later does not end the connection. @returns what resolves when it is closed; `undefined` when the client
 * has left
 */
export function joinWebSocket(
  exchange: Exchange,
  targetSocket: Socket,
  answer: readonly Header[],
  idleTimeoutMilliseconds: number,
): Promise<void> | undefined {
  const client = exchange.upgrade;
  if (client === undefined || client.socket.destroyed) return undefined;
  exchange.response.detachSocket(client.socket);
  client.socket.write(switchingProtocols(answer));
  if (client.head.length > 0) targetSocket.write(client.head);
  return join(client.socket, targetSocket, idleTimeoutMilliseconds);
}

function switchingProtocols(answer: readonly Header[]): string {
  const headers: readonly Header[] = [...answer, ['Connection', 'Upgrade'], ['Upgrade', 'websocket']];
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
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
