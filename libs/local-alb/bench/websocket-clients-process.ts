/** Clients that open WebSockets over TLS and say nothing. */
import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';

import { given, serve } from './child.ts';

const { port, count } = given<{ readonly port: number; readonly count: number }>();
const sockets: TLSSocket[] = [];

async function open(): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, servername: 'localhost' });
  socket.on('error', () => undefined);
  sockets.push(socket);
  socket.write(
    'GET /socket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  const [data] = (await Promise.race([once(socket, 'data'), once(socket, 'close')])) as [unknown];
  return Buffer.isBuffer(data) && data.toString('latin1').startsWith('HTTP/1.1 101');
}

let opened = 0;
while (sockets.length < count) {
  const batch = Array.from({ length: Math.min(100, count - sockets.length) }, open);
  opened += (await Promise.all(batch)).filter(Boolean).length;
}
serve({ opened }, {});
