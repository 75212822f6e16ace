import { createServer } from 'node:https';
import { type AddressInfo } from 'node:net';

import { type SigningKey } from './alb-keys.ts';
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
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
