import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

/** An application of a test. */
export interface FakeTarget {
  readonly url: URL;
  readonly server: Server;
  /** What the next requests meet; by default they get their own headers back as JSON. */
  handler: (request: IncomingMessage, response: ServerResponse) => void;
  close(): Promise<void>;
}

/** What the default handler answers. */
export interface Echo {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly rawHeaders: readonly string[];
  readonly length: number;
}

export async function startFakeTarget(): Promise<FakeTarget> {
  const server = createServer({ maxHeaderSize: 65536 }, (request, response) => target.handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const target: FakeTarget = {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    server,
    handler: echo,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return target;
}

export function echo(request: IncomingMessage, response: ServerResponse): void {
  let length = 0;
  request.on('data', (chunk: Buffer) => (length += chunk.length));
  request.on('end', () => {
    const { method, url, headers, rawHeaders } = request;
    response
      .writeHead(200, { 'Content-Type': 'application/json' })
      .end(JSON.stringify({ method, url, headers, rawHeaders, length }));
  });
}
