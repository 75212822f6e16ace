import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

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

interface Answered extends Omit<Load, 'perProcessorSecond'> {
  readonly answered: number;
  /** Without an answer, or with another than 200. */
  readonly failed: number;
}

type Generate = (options: LoadOptions) => Promise<Answered>;

/**
 * What makes the load: wrk where it is installed. Over TLS autocannon leaves a load balancer on the same two processors
 * less of them: 6,300 requests a second were answered through it, where wrk got 7,800.
 */
export const loadGenerator = spawnSync('wrk', ['-v']).error === undefined ? 'wrk' : 'autocannon';

const generators: Readonly<Record<typeof loadGenerator, Generate>> = { wrk: byWrk, autocannon: byAutocannon };

/** Requests as fast as they are answered; throws when one was not answered with 200. */
export async function load(options: LoadOptions): Promise<Load> {
  const { url, pid } = options;
  const before = processorSeconds(pid) ?? 0;
  const { answered, failed, ...figures } = await generators[loadGenerator](options);
  if (failed > 0 || answered === 0) throw new Error(`${failed} of the requests to ${new URL(url).origin} failed`);
  const used = (processorSeconds(pid) ?? 0) - before;
  return { ...figures, perProcessorSecond: used > 0 ? answered / used : 0 };
}

async function byWrk({ url, headers, connections, seconds }: LoadOptions): Promise<Answered> {
  const script = join(import.meta.dirname, 'wrk.lua');
  const settings = ['--threads', '1', '--connections', String(connections), '--duration', `${seconds}s`];
  const lines = Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`]);
  const { stdout } = await promisify(execFile)('wrk', [...settings, '--latency', '--script', script, ...lines, url]);
  const figures = JSON.parse(/^\{.*\}$/m.exec(stdout)?.[0] ?? '{}') as Record<
    'answered' | 'failed' | 'microseconds' | 'p50' | 'p99',
    number
  >;
  return {
    answered: figures.answered,
    failed: figures.failed,
    perSecond: (figures.answered / figures.microseconds) * 1e6,
    p50: figures.p50 / 1000,
    p99: figures.p99 / 1000,
  };
}

async function byAutocannon({ url, headers, connections, seconds }: LoadOptions): Promise<Answered> {
  const result = await autocannon({
    url,
    headers: { ...headers },
    connections,
    duration: seconds,
    tlsOptions: { rejectUnauthorized: false },
  });
  return {
    answered: result['2xx'],
    failed: result.non2xx + result.errors + result.timeouts,
    perSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}
