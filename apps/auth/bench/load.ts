import autocannon from 'autocannon';

import { type ServerReady } from './messages.ts';

const CONNECTIONS = 16;
const WARM_UP_SECONDS = 1;

/** Requests a second that a path answers, of all users in turn. Throws when one was answered otherwise than 200. */
export async function load({ port, identities }: ServerReady, path: string, seconds: number): Promise<number> {
  const requests = identities.map((headers) => ({ method: 'GET' as const, path, headers }));
  const run = (duration: number): Promise<autocannon.Result> =>
    autocannon({ url: `http://127.0.0.1:${port}`, connections: CONNECTIONS, duration, requests });
  await run(Math.min(WARM_UP_SECONDS, seconds));
  const result = await run(seconds);
  if (result.non2xx > 0 || result.errors > 0 || result['2xx'] === 0) {
    throw new Error(`${path}: ${result['2xx']} good answers, ${result.non2xx} others, ${result.errors} errors`);
  }
  return result['2xx'] / result.duration;
}
