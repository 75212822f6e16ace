import autocannon from 'autocannon';

import { type RunningServer } from './running-server.ts';

const CONNECTIONS = 16;

/** What was answered under load. */
export interface Load {
  readonly requests: number;
  readonly seconds: number;
  /** Of the server's process, user and system. */
  readonly cpuSeconds: number;
}

/** Asks for a path for so long, as all users in turn. Throws when one was answered otherwise than 200. */
export async function load(server: RunningServer, path: string, duration: number): Promise<Load> {
  const { port, identities } = server.ready;
  const requests = identities.map((headers) => ({ method: 'GET' as const, path, headers }));
  const before = await server.cpuSeconds();
  const result = await autocannon({ url: `http://127.0.0.1:${port}`, connections: CONNECTIONS, duration, requests });
  const after = await server.cpuSeconds();
  if (result.non2xx > 0 || result.errors > 0 || result['2xx'] === 0) {
    throw new Error(`${path}: ${result['2xx']} good answers, ${result.non2xx} others, ${result.errors} errors`);
  }
  return { requests: result['2xx'], seconds: result.duration, cpuSeconds: after - before };
}

/** All loads as one. */
export function total(loads: readonly Load[]): Load {
  const sum = (value: (load: Load) => number): number => loads.reduce((all, load) => all + value(load), 0);
  return {
    requests: sum(({ requests }) => requests),
    seconds: sum(({ seconds }) => seconds),
    cpuSeconds: sum(({ cpuSeconds }) => cpuSeconds),
  };
}
