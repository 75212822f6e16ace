import { type AddressInfo, type Server } from 'node:net';

import { LocalAlbError } from './errors.ts';

export interface ListenOptions {
  /** 0 for a free one. */
  readonly port: number;
  readonly host: string;
  /** Who listens, for the message. */
  readonly name: string;
}

/**
 * Listens, and gives the port.
 *
 * @throws {LocalAlbError} `PORT_IN_USE`, `LISTEN_FAILED`
 */
export function listen(server: Server, options: ListenOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, options)));
    server.listen(options.port, options.host, () => resolve((server.address() as AddressInfo).port));
  });
}

function listenError(error: NodeJS.ErrnoException, { port, host, name }: ListenOptions): LocalAlbError {
  if (error.code === 'EADDRINUSE') {
    return new LocalAlbError(
      'PORT_IN_USE',
      `Port ${port} of ${host} is in use by another program, so ${name} cannot listen. Stop that program, or give the listener another port.`,
    );
  }
  return new LocalAlbError(
    'LISTEN_FAILED',
    `${name} cannot listen on port ${port} of ${host} (${error.code ?? error.message}). Use an address of this machine, and a port that this user may take, such as 8443.`,
  );
}
