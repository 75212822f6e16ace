import { createServer } from 'node:https';

import { type SigningKey } from './alb-keys.ts';
import { listen } from './listen.ts';
import { type TlsCredentials } from './listener-server.ts';

/** Where targets fetch the public keys of the load balancer. */
export interface KeyEndpoint {
  /** The key `kid` is at `<url>/<kid>`. */
  readonly url: string;
  close(): Promise<void>;
}

export interface KeyEndpointOptions {
  readonly keys: readonly SigningKey[];
  readonly tls: TlsCredentials;
  readonly host: string;
}

/**
 * Serves what `https://public-keys.auth.elb.<region>.amazonaws.com/<kid>` serves: a public key as PEM (SPKI), and 403
 * to everything else. Source: listener-authenticate-users.html, "User claims encoding and signature verification".
 */
export async function openKeyEndpoint({ keys, tls, host }: KeyEndpointOptions): Promise<KeyEndpoint> {
  const answers = new Map(keys.map((key) => [`/${key.kid}`, key.publicKeyPem]));
  const server = createServer({ key: tls.key, cert: tls.cert, minVersion: 'TLSv1.2' }, (request, response) => {
    const pem = request.method === 'GET' ? answers.get(request.url ?? '') : undefined;
    response.writeHead(pem === undefined ? 403 : 200, { 'Content-Type': 'text/plain' });
    response.end(pem ?? 'Forbidden');
  });
  const port = await listen(server, { port: 0, host, name: 'the key endpoint' });
  return {
    url: `https://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
