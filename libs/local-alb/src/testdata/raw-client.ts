import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';

import { ca } from './rig.ts';

/** Sends bytes as they are to a listener of this machine, and gives what comes back until the connection ends. */
export function sendRaw(origin: string, bytes: string): Promise<string> {
  const { protocol, port, hostname } = new URL(origin);
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port: Number(port) };
    const socket = protocol === 'https:' ? connectTls({ ...options, ca, servername: hostname }) : connect(options);
    let received = '';
    // A connection that is left open must not keep a test waiting.
    socket.setTimeout(2000, () => socket.destroy());
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => (received += chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(received));
    socket.write(bytes, 'latin1');
  });
}

/** The status of an answer as it came. */
export function rawStatus(answer: string): number {
  return Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1]);
}
