import { connect } from 'node:net';
import { type RawHeaders } from '../alb-headers.ts';

/** An answer as it came; 101 has no body. */
export interface RawReply {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const UPGRADE = [
  ['Connection', 'Upgrade'],
  ['Upgrade', 'websocket'],
  ['Sec-WebSocket-Version', '13'],
  ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
].flat();

/**
 * Writes a GET to a socket, byte for byte as given: also what Node's client would refuse to send. With `ws:`, it asks
 * for a WebSocket, which is dropped when it was made.
 */
export function rawRequest(url: string, rawHeaders: RawHeaders = []): Promise<RawReply> {
  const { protocol, host, hostname, port, pathname } = new URL(url);
  const headers = ['Host', host, ...(protocol === 'ws:' ? UPGRADE : ['Connection', 'close']), ...rawHeaders];
  const lines = headers.flatMap((text, index) => (index % 2 ? [] : [`${text}: ${headers[index + 1] ?? ''}`]));
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(Number(port), hostname);
    socket.setEncoding('latin1');
    socket.setTimeout(10_000, () => socket.destroy());
    socket.on('data', (chunk: string) => {
      received += chunk;
      if (received.startsWith('HTTP/1.1 101') && received.includes('\r\n\r\n')) socket.destroy();
    });
    // Not an error by itself: a server need not read on to answer, and closes while there is more to come.
    socket.on('error', () => undefined);
    socket.on('close', () => (received === '' ? reject(new Error('no answer')) : resolve(parse(received))));
    socket.write(`GET ${pathname} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  });
}

function parse(received: string): RawReply {
  const [head = '', ...rest] = received.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const [name = '', ...value] = line.split(':');
    return [name.toLowerCase(), value.join(':').trim()];
  });
  return { status: Number(first.split(' ')[1]), headers: Object.fromEntries(headers), body: rest.join('\r\n\r\n') };
}
