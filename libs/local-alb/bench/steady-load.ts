import { Agent as PlainAgent, request as requestPlain } from 'node:http';
import { Agent as TlsAgent, request as requestTls } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

export interface SteadyLoadOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** All open before the first request that is measured, and used in turns. */
  readonly connections: number;
  /** Requests a second, evenly spread: whether earlier ones are answered or not. */
  readonly rate: number;
  readonly seconds: number;
}

/** Milliseconds that requests took. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** Sends requests at a steady rate; throws when one was not answered with 200. */
export async function steadyLoad(options: SteadyLoadOptions): Promise<Latency> {
  const { connections, rate, seconds } = options;
  // The socket that has rested longest is next, so that all are used.
  const settings = {
    keepAlive: true,
    maxSockets: connections,
    maxFreeSockets: connections,
    scheduling: 'fifo',
  } as const;
  const tls = options.url.startsWith('https:');
  const agent = tls ? new TlsAgent({ ...settings, rejectUnauthorized: false }) : new PlainAgent(settings);
  const ask = (): Promise<number> => askOnce(options, agent);
  try {
    // In tens, so that the handshakes of all at once are not what is measured first.
    for (let open = 0; open < connections; open += 10) await Promise.all(Array.from({ length: 10 }, ask));
    await Promise.all(Array.from({ length: connections }, ask));
    const begun = performance.now();
    const answers: Promise<number>[] = [];
    while (answers.length < rate * seconds) {
      const due = ((performance.now() - begun) / 1000) * rate;
      while (answers.length < due) answers.push(ask());
      await sleep(1);
    }
    const times = (await Promise.all(answers)).toSorted((a, b) => a - b);
    return { p50: times[Math.floor(times.length * 0.5)] ?? 0, p99: times[Math.floor(times.length * 0.99)] ?? 0 };
  } finally {
    agent.destroy();
  }
}

function askOnce({ url, headers }: SteadyLoadOptions, agent: PlainAgent): Promise<number> {
  const { protocol, hostname, port, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const options = { host: hostname, port, path: pathname, headers: { ...headers }, agent };
    const outgoing = (protocol === 'https:' ? requestTls : requestPlain)(options, (incoming) => {
      incoming.resume();
      incoming.on('error', reject);
      incoming.on('end', () => {
        if (incoming.statusCode === 200) resolve(performance.now() - begun);
        else reject(new Error(`A request was answered with ${incoming.statusCode}`));
      });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}
