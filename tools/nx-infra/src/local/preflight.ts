import { createServer } from 'node:net';

import { InfraError } from '../errors.ts';

/** The oldest Node that the application's packages run on. NestJS 12: ES modules loaded by `require` without a flag. */
const OLDEST_NODE = [20, 19] as const;

/** @throws {InfraError} `NODE_TOO_OLD` */
export function requireNode(version: string): void {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new InfraError(
    'NODE_TOO_OLD',
    `Node ${version} is too old: NestJS 12 needs ${OLDEST_NODE.join('.')} or newer. Install the current LTS from https://nodejs.org.`,
  );
}

export interface WantedPort {
  readonly port: number;
  /** Who wants to listen there, such as `the HTTPS listener`. */
  readonly purpose: string;
  /** The file where another port can be chosen. */
  readonly setIn: string;
}

/** @throws {InfraError} `PORT_IN_USE`, `PORT_FORBIDDEN` */
export async function requireFreePort(host: string, { port, purpose, setIn }: WantedPort): Promise<void> {
  const code = await tryListen(host, port);
  switch (code) {
    case undefined:
      return;
    case 'EACCES':
      throw new InfraError(
        'PORT_FORBIDDEN',
        `Port ${port}, for ${purpose}, needs more rights than you have. Choose one above 1023 in ${setIn}.`,
      );
    default:
      throw new InfraError(
        'PORT_IN_USE',
        `Port ${port}, for ${purpose}, is in use (${code}). Stop what listens there (lsof -i :${port}), or choose another port in ${setIn}.`,
      );
  }
}

/** A port that is free now. */
export async function freePort(host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('A TCP server without a port.');
  return address.port;
}

function tryListen(host: string, port: number): Promise<string | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
