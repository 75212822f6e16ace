import autocannon from 'autocannon';

import { processorSeconds } from './processor-time.ts';

export interface LoadOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly seconds: number;
  /** Of the server. */
  readonly pid: number;
}

export interface Load {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Requests for a second of the server's processor time; 0 where that is not known. */
  readonly perProcessorSecond: number;
}

/** Requests as fast as they are answered; throws when one was not answered with 200. */
export async function load({ url, headers, connections, seconds, pid }: LoadOptions): Promise<Load> {
  const before = processorSeconds(pid) ?? 0;
  const result = await autocannon({
    url,
    headers: { ...headers },
    connections,
    duration: seconds,
    tlsOptions: { rejectUnauthorized: false },
  });
  const bad = result.non2xx + result.errors + result.timeouts;
  if (bad > 0 || result['2xx'] === 0) throw new Error(`${bad} of the requests to ${new URL(url).origin} failed`);
  const used = (processorSeconds(pid) ?? 0) - before;
  return {
    perSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    perProcessorSecond: used > 0 ? result['2xx'] / used : 0,
  };
}
