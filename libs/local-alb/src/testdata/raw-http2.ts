import { once } from 'node:events';
import { connect } from 'node:tls';

import { type Header } from '../alb-request.ts';
import { ca } from './rig.ts';

/** Source: RFC 9113 section 6. */
const frameTypes = { headers: 1, rstStream: 3, settings: 4, goaway: 7 } as const;
const endStreamAndHeaders = 0x1 | 0x4;

/** What became of a request: its status, or how it was refused. */
export type RawOutcome = `status ${string}` | 'reset' | 'connection ended';

/**
 * Sends one request of HTTP/2 with header fields that no client would send, in their order, and nothing put right.
 *
 * @param headers pseudo-headers among them; every name and value has less than 127 bytes
 */
export async function sendRawHttp2(origin: string, headers: readonly Header[]): Promise<RawOutcome> {
  const { hostname, port } = new URL(origin);
  const socket = connect({ host: '127.0.0.1', port: Number(port), servername: hostname, ca, ALPNProtocols: ['h2'] });
  socket.on('error', () => undefined);
  await once(socket, 'secureConnect');
  socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  socket.write(frame(frameTypes.settings, 0, 0, Buffer.alloc(0)));
  socket.write(frame(frameTypes.headers, endStreamAndHeaders, 1, Buffer.concat(headers.map(literal))));
  try {
    return await outcome(socket);
  } finally {
    socket.destroy();
  }
}

async function outcome(socket: AsyncIterable<Buffer>): Promise<RawOutcome> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of socket) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 9 && rest.length >= 9 + rest.readUIntBE(0, 3)) {
      const length = rest.readUIntBE(0, 3);
      const [type, payload] = [rest[3], rest.subarray(9, 9 + length)];
      if (type === frameTypes.headers) return `status ${statusIn(payload)}`;
      if (type === frameTypes.rstStream) return 'reset';
      if (type === frameTypes.goaway) return 'connection ended';
      rest = rest.subarray(9 + length);
    }
  }
  return 'connection ended';
}

/** RFC 7541 appendix A: 8 to 14 are statuses; another is a literal with the name of 8. */
function statusIn(payload: Buffer): string {
  const [first = 0, size = 0] = payload;
  const known = ['200', '204', '206', '304', '400', '404', '500'][(first & 0x7f) - 8];
  if ((first & 0x80) !== 0) return known ?? 'unknown';
  const text = payload.subarray(2, 2 + (size & 0x7f));
  return (size & 0x80) === 0 ? text.toString('latin1') : digits(text);
}

/** Huffman's code of digits, RFC 7541 appendix B: 0 to 2 have five bits, the rest six. */
function digits(bytes: Buffer): string {
  let bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  let text = '';
  while (text.length < 3) {
    const short = Number.parseInt(bits.slice(0, 5), 2);
    text += short < 3 ? String(short) : String(Number.parseInt(bits.slice(0, 6), 2) - 22);
    bits = bits.slice(short < 3 ? 5 : 6);
  }
  return text;
}

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** "Literal Header Field without Indexing", with a new name: RFC 7541 section 6.2.2. */
function literal([name, value]: Header): Buffer {
  const [key, text] = [Buffer.from(name, 'latin1'), Buffer.from(value, 'latin1')];
  return Buffer.concat([Buffer.from([0, key.length]), key, Buffer.from([text.length]), text]);
}
