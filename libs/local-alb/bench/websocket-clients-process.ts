/** Clients that open WebSockets over TLS and say nothing. */
import { connect as connectPlain } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';

import { given, serve } from './child.ts';

const { port, count } = given<{ readonly port: number; readonly count: number }>();
const sockets: TLSSocket[] = [];

/** Linux gives an address some 28,000 ports for one other; so that there are enough, also where others use some. */
const addresses = 8;

/** @returns `opened`, or why it was not */
async function openOne(): Promise<string> {
  const localAddress = `127.0.0.${1 + (sockets.length % addresses)}`;
  const beneath = connectPlain({ host: '127.0.0.1', port, localAddress });
  const socket = connect({ socket: beneath, rejectUnauthorized: false, servername: 'localhost' });
  sockets.push(socket);
  socket.write(
    'GET /socket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  return new Promise((resolve) => {
    for (const one of [beneath, socket]) {
      one.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    }
    socket.on('close', () => resolve('closed'));
    socket.once('data', (data: Buffer) => {
      const [line = ''] = data.toString('latin1').split('\r\n');
      resolve(line.startsWith('HTTP/1.1 101 ') ? 'opened' : line);
    });
  });
}

/** How many are open still. */
const open = (): number => sockets.filter(({ readable, writable }) => readable && writable).length;

const outcomes: Record<string, number> = {};
while (sockets.length < count) {
  const batch = Array.from({ length: Math.min(100, count - sockets.length) }, openOne);
  for (const outcome of await Promise.all(batch)) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
}
serve({ outcomes }, { open: () => ({ open: open() }) });
