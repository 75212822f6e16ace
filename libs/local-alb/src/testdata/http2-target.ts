import {
  createSecureServer,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { type AddressInfo } from 'node:net';

import { type TlsCredentials } from '../listener-server.ts';

export type StreamHandler = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void;

/** An application of a test that speaks HTTP/2 alone. */
export interface Http2Target {
  readonly url: URL;
  /** Connections that it was asked for, closed ones among them. */
  readonly sessions: readonly ServerHttp2Session[];
  /** What the next requests meet; by default they get their own headers back as JSON. */
  handler: StreamHandler;
  close(): Promise<void>;
}

/** @param tls by default it is asked by prior knowledge */
export async function startHttp2Target(tls?: TlsCredentials, settings = {}): Promise<Http2Target> {
  const server: Http2Server = tls === undefined ? createServer({ settings }) : createSecureServer({ ...tls, settings });
  const sessions: ServerHttp2Session[] = [];
  server.on('session', (session) => {
    sessions.push(session);
    session.on('error', () => undefined);
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    target.handler(stream, headers);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const target: Http2Target = {
    url: new URL(`${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`),
    sessions,
    handler: (stream, headers) => {
      stream.respond({ ':status': 200, 'content-type': 'application/json' });
      stream.end(JSON.stringify(headers));
    },
    close: async () => {
      for (const session of sessions) session.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return target;
}
