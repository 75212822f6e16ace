import { type RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo } from 'node:net';
import { selfSignedCertificate } from './certificate.ts';

/** A key host on this machine, over TLS. */
export interface KeyHost {
  readonly url: string;
  /** The authority to trust. */
  readonly ca: string;
  readonly close: () => Promise<void>;
}

export async function startKeyHost(listener: RequestListener): Promise<KeyHost> {
  const { key, cert } = selfSignedCertificate();
  const server = createServer({ key, cert }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ca: cert,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
