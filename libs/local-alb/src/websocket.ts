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
 * that ends later does not end the connection. @returns whether it did; not when the client has left
 */
export function joinWebSocket(
  exchange: Exchange,
  targetSocket: Socket,
  answer: readonly Header[],
  idleTimeoutMilliseconds: number,
): boolean {
  const client = exchange.upgrade;
  if (client === undefined || client.socket.destroyed) return false;
  exchange.response.detachSocket(client.socket);
  client.socket.write(switchingProtocols(answer));
  if (client.head.length > 0) targetSocket.write(client.head);
  join(client.socket, targetSocket, idleTimeoutMilliseconds);
  return true;
}

function switchingProtocols(answer: readonly Header[]): string {
  const headers: readonly Header[] = [...answer, ['Connection', 'Upgrade'], ['Upgrade', 'websocket']];
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 101 ${STATUS_CODES[101]}\r\n${lines.join('')}\r\n`;
}

const peer = Symbol('peer');

/** One of two connections, of which each hands on to the other. */
interface Joined extends Socket {
  [peer]: Joined;
}

/**
 * Ten thousand WebSockets may be open and idle, and whatever one keeps is kept as often. So nothing here sees the
 * request, and a connection knows its peer by a field, so that all share their listeners: with `pipe`, and closures,
 * each WebSocket takes 12 KB of Node's heap instead of 6.
 */
function join(client: Socket, target: Socket, idleTimeoutMilliseconds: number): void {
  // Of the request that this was: on the target's connection also what waited for it to be made.
  for (const event of ['drain', 'timeout']) forget(client, event);
  for (const event of ['drain', 'timeout', 'error']) forget(target, event);
  target.on('error', ignore);
  // One clock for both: whatever passes, passes here.
  client.setTimeout(idleTimeoutMilliseconds);
  client.on('timeout', destroy);
  joinTo(client as Joined, target as Joined);
  joinTo(target as Joined, client as Joined);
}

/** One by one: `removeAllListeners` turns the table of an emitter's listeners into one that takes 800 bytes. */
function forget(socket: Socket, event: string): void {
  for (const listener of socket.rawListeners(event)) socket.removeListener(event, listener as () => void);
}

function joinTo(socket: Joined, other: Joined): void {
  socket[peer] = other;
  socket.on('data', handOn);
  socket.on('drain', askForMore);
  socket.on('close', endPeer);
  if (socket.readableEnded) other.end();
  else socket.on('end', finishPeer);
  socket.resume();
}

function handOn(this: Joined, chunk: Buffer): void {
  const other = this[peer];
  // A peer that has ended for its part takes no more; what is left is dropped with the connection.
  if (!other.writable || !other.write(chunk)) this.pause();
}

function askForMore(this: Joined): void {
  this[peer].resume();
}

function finishPeer(this: Joined): void {
  this[peer].end();
}

function endPeer(this: Joined): void {
  const other = this[peer];
  // It may have something yet to take, and take it for ever.
  if (!other.destroyed && this.timeout !== undefined) other.setTimeout(this.timeout, destroy);
  other.destroySoon();
}

function destroy(this: Socket): void {
  this.destroy();
}

function ignore(): void {}
