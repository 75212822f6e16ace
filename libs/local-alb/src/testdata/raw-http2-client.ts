import { once } from 'node:events';
import { connect } from 'node:tls';

import { type Header } from '../alb-request.ts';
import { ca } from './rig.ts';

/** What a stream ends in: an answer, or an error of HTTP/2 by its code (RFC 9113 section 7) for it or its connection. */
export type RawStreamEnd =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'reset' | 'disconnected'; readonly code: number };

const frames = { headers: 1, reset: 3, settings: 4, goAway: 7 } as const;

/** `GET /` of an origin, as a client that keeps to the rules begins it. */
export function pseudoFields(origin: string, path = '/'): readonly Header[] {
  return [
    [':method', 'GET'],
    [':scheme', 'https'],
    [':path', path],
    [':authority', new URL(origin).host],
  ];
}

/** Sends the fields as one request, whatever they are: a client of Node's keeps to the rules. */
export async function sendFields(origin: string, fields: readonly Header[]): Promise<RawStreamEnd> {
  const { hostname, port } = new URL(origin);
  const socket = connect({ host: '127.0.0.1', port: Number(port), servername: hostname, ca, ALPNProtocols: ['h2'] });
  socket.on('error', () => undefined);
  await once(socket, 'secureConnect');
  // END_STREAM and END_HEADERS.
  socket.write(
    Buffer.concat([
      Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
      frame(frames.settings, 0, 0, Buffer.alloc(0)),
      frame(frames.headers, 0x05, 1, Buffer.concat(fields.map(literalField))),
    ]),
  );
  let received = Buffer.alloc(0);
  try {
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 9 && received.length >= 9 + received.readUIntBE(0, 3)) {
        const length = 9 + received.readUIntBE(0, 3);
        const end = endOf(received[3] ?? 0, received.subarray(9, length));
        if (end !== undefined) return end;
        received = received.subarray(length);
      }
    }
  } finally {
    socket.destroy();
  }
  return { kind: 'disconnected', code: 0 };
}

function endOf(type: number, payload: Buffer): RawStreamEnd | undefined {
  if (type === frames.headers) return { kind: 'answered', status: statusOf(payload) };
  if (type === frames.reset) return { kind: 'reset', code: payload.readUInt32BE(0) };
  return type === frames.goAway ? { kind: 'disconnected', code: payload.readUInt32BE(4) } : undefined;
}

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const { length } = payload;
  return Buffer.concat([Buffer.from([length >> 16, length >> 8, length, type, flags, 0, 0, 0, stream]), payload]);
}

/** A literal without indexing, its name new, neither in Huffman's code: RFC 7541 section 6.2.2. */
function literalField([name, value]: Header): Buffer {
  return Buffer.concat([Buffer.from([0]), literal(name), literal(value)]);
}

/** RFC 7541 sections 5.1 and 5.2: the length with a prefix of 7 bits. */
function literal(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  const length = bytes.length < 127 ? [bytes.length] : [127];
  for (let rest = bytes.length - 127; rest >= 0; rest = rest < 128 ? -1 : rest >> 7) {
    length.push(rest < 128 ? rest : (rest & 127) | 128);
  }
  return Buffer.concat([Buffer.from(length), bytes]);
}

/** Of a block that begins with `:status`, after a size of the table: RFC 7541 section 6, appendices A and B. */
function statusOf(block: Buffer): number {
  let at = 0;
  while (((block[at] ?? 0) & 0xe0) === 0x20)
    at += (block[at] ?? 0) === 0x3f ? 2 + (((block[at + 1] ?? 0) & 128) >> 7) : 1;
  const first = block[at] ?? 0;
  if ((first & 0x80) !== 0) return [200, 204, 206, 304, 400, 404, 500][(first & 0x7f) - 8] ?? 0;
  const head = block[at + 1] ?? 0;
  const value = block.subarray(at + 2, at + 2 + (head & 0x7f));
  if ((head & 0x80) === 0) return Number(value.toString('latin1'));
  let bits = [...value].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  let digits = '';
  // `0` to `2` have 5 bits, `3` to `9` have 6.
  while (digits.length < 3 && bits.length >= 5) {
    const short = parseInt(bits.slice(0, 5), 2);
    digits += short < 3 ? short : parseInt(bits.slice(0, 6), 2) - 0b011001 + 3;
    bits = bits.slice(short < 3 ? 5 : 6);
  }
  return Number(digits);
}
