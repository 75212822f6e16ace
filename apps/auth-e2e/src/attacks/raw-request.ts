import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** A name and a value, sent as they are. */
export type HeaderLine = readonly [name: string, value: string];

export interface RawRequest {
  /** @default 'GET' */
  readonly method?: string;
  /** What stands in the request line: nothing is resolved, escaped or normalised. */
  readonly target: string;
  /** Sent in this order, duplicates and all, after `Host`. @default [] */
  readonly headers?: readonly HeaderLine[];
  /** @default host and port of the origin */
  readonly host?: string;
  /** @default '' */
  readonly body?: string;
}

export interface RawAnswer {
  readonly status: number;
  /** The first value of a header. */
  header(name: string): string | undefined;
  /** As it came: chunked, if it was. */
  readonly body: string;
  /** Status lines that came on the connection: more than one, and a request was smuggled in. */
  readonly answers: number;
}

/** One request over a socket of its own, byte for byte, as no HTTP client would send it. */
export async function rawRequest(origin: string, request: RawRequest): Promise<RawAnswer> {
  const { protocol, hostname, port, host: ownHost } = new URL(origin);
  const { method = 'GET', target, headers = [], host = ownHost, body = '' } = request;
  const lines = [
    `${method} ${target} HTTP/1.1`,
    `Host: ${host}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(headers.some(([name]) => name.toLowerCase() === 'connection') ? [] : ['Connection: close']),
  ];
  const socket = await connected(protocol, hostname, Number(port));
  return parse(await exchange(socket, Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1')));
}

function connected(protocol: string, servername: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    // Names that end in .localhost lead to this machine; Node does not resolve them by itself.
    const host = '127.0.0.1';
    const socket: Socket =
      protocol === 'https:'
        ? connectTls({ host, port, servername, rejectUnauthorized: false }, () => resolve(socket))
        : connectPlain({ host, port }, () => resolve(socket));
    socket.once('error', reject);
  });
}

const SLICE_BYTES = 65_536;

/** Writes until all is written or an answer begins: a server that refuses a head does not read the rest of it. */
async function exchange(socket: Socket, request: Buffer): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  // A connection that is broken off has ended too.
  const closed = new Promise((resolve) => socket.once('close', resolve));
  for (let at = 0; at < request.length && chunks.length === 0 && !socket.destroyed; at += SLICE_BYTES) {
    await new Promise((resolve) => socket.write(request.subarray(at, at + SLICE_BYTES), resolve));
  }
  await closed;
  return Buffer.concat(chunks);
}

function parse(bytes: Buffer): RawAnswer {
  const text = bytes.toString();
  const end = text.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = text.slice(0, end === -1 ? undefined : end).split('\r\n');
  const headers = lines.map((line) => [line.split(':', 1)[0]?.toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]);
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1] ?? 0),
    header: (name) => headers.find(([candidate]) => candidate === name)?.[1],
    body: end === -1 ? '' : text.slice(end + 4),
    answers: text.match(/^HTTP\/1\.1 \d{3} /gm)?.length ?? 0,
  };
}
