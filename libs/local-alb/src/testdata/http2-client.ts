import { type ClientHttp2Session, type ClientHttp2Stream, connect, type IncomingHttpHeaders } from 'node:http2';
import { connect as connectTls } from 'node:tls';

import { ca } from './rig.ts';

/** A connection to an origin; every name is this machine. */
export function openSession(origin: string): ClientHttp2Session {
  const { hostname, port } = new URL(origin);
  return connect(origin, {
    createConnection: () =>
      connectTls({ host: '127.0.0.1', port: Number(port), servername: hostname, ca, ALPNProtocols: ['h2'] }),
  });
}

export interface StreamAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The whole answer; rejects when it was broken off. */
export function readStream(stream: ClientHttp2Stream): Promise<StreamAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let headers: IncomingHttpHeaders = {};
    stream.on('response', (received) => (headers = received));
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', reject);
    stream.on('close', () => {
      if (stream.rstCode === 0) resolve({ status: Number(headers[':status']), headers, body: Buffer.concat(chunks) });
      else reject(new Error(`the stream was reset with ${stream.rstCode}`));
    });
  });
}
