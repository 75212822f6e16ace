import { createServer } from 'node:https';

import { type SigningKey } from './alb-keys.ts';
import { listen } from './listen.ts';
import { type TlsCredentials } from './listener-server.ts';

/** Where targets fetch the public keys of the load balancer. */
export interface KeyEndpoint {
  /** The key `kid` is at `<url>/<kid>`; in GovCloud with the path that AWS has there. */
  readonly url: string;
  close(): Promise<void>;
}

export interface KeyEndpointOptions {
  readonly keys: readonly SigningKey[];
  /** The load balancer's. */
  readonly arn: string;
  readonly tls: TlsCredentials;
  readonly host: string;
}

/**
 * GovCloud has its keys in buckets: `https://s3-us-gov-west-1.amazonaws.com/aws-elb-public-keys-prod-us-gov-west-1/<kid>`.
 */
function folderOf(arn: string): string {
  const [, partition, , region = ''] = arn.split(':');
  return partition === 'aws-us-gov' ? `/aws-elb-public-keys-prod-${region}` : '';
}

/**
 * Serves what `https://public-keys.auth.elb.<region>.amazonaws.com/<kid>` serves: a public key as PEM (SPKI), and 403
 * to everything else. Source: listener-authenticate-users.html, "User claims encoding and signature verification".
 */
export async function openKeyEndpoint({ keys, arn, tls, host }: KeyEndpointOptions): Promise<KeyEndpoint> {
  const folder = folderOf(arn);
  const answers = new Map(keys.map((key) => [`${folder}/${key.kid}`, key.publicKeyPem]));
  const server = createServer({ key: tls.key, cert: tls.cert, minVersion: 'TLSv1.2' }, (request, response) => {
    const pem = request.method === 'GET' ? answers.get(request.url ?? '') : undefined;
    response.writeHead(pem === undefined ? 403 : 200, { 'Content-Type': 'text/plain' });
    response.end(pem ?? 'Forbidden');
  });
  const port = await listen(server, { port: 0, host, name: 'the key endpoint' });
  return {
    url: `https://localhost:${port}${folder}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
