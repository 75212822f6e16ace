/** A target: a small page, streams, and WebSockets that stay idle. */
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

import { residentMegabytes, serve } from './child.ts';

const body = Buffer.from(JSON.stringify({ hello: 'world', padding: 'x'.repeat(500) }));
const chunk = Buffer.alloc(256 * 1024);

const server = createServer({ maxHeaderSize: 65_536 }, (request, response) => {
  if (request.url?.startsWith('/download/') === true) {
    let left = Number(request.url.slice('/download/'.length));
    const more = (): void => {
      while (left > 0) {
        const part = left < chunk.length ? chunk.subarray(0, left) : chunk;
        left -= part.length;
        if (!response.write(part)) return void response.once('drain', more);
      }
      response.end();
    };
    return more();
  }
  let received = 0;
  request.on('data', (data: Buffer) => (received += data.length));
  request.on('end', () => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'X-Received': String(received) }).end(body);
  });
});
server.keepAliveTimeout = 600_000;
server.on('upgrade', (_request, socket) => {
  socket.on('error', () => undefined);
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
});
server.listen(0, '127.0.0.1', () =>
  serve({ port: (server.address() as AddressInfo).port }, { memory: () => ({ megabytes: residentMegabytes() }) }),
);
