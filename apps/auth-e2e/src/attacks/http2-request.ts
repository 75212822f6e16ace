import { connect, type OutgoingHttpHeaders } from 'node:http2';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';

/** One request over HTTP/2, as browsers ask; pseudo-headers may be given. @returns status, location and body */
export async function http2Request(
  origin: string,
  headers: OutgoingHttpHeaders,
): Promise<{ readonly status: number; readonly location: string | undefined; readonly body: string }> {
  const { hostname: servername, port } = new URL(origin);
  const client = connect(origin, {
    // Names that end in .localhost lead to this machine; Node does not resolve them by itself.
    createConnection: () =>
      connectTls({
        host: '127.0.0.1',
        port: Number(port),
        servername,
        rejectUnauthorized: false,
        ALPNProtocols: ['h2'],
      }),
  });
  try {
    const stream = client.request(headers);
    const answered = new Promise<{ status: number; location: string | undefined }>((resolve, reject) => {
      stream.once('response', (head) => resolve({ status: head[':status'] ?? 0, location: head.location }));
      stream.once('error', reject);
      client.once('error', reject);
    });
    stream.end();
    const [head, body] = await Promise.all([answered, text(stream)]);
    return { ...head, body };
  } finally {
    client.destroy();
  }
}
