import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Listener } from '@gatehouse/listener';

import { ensureLocalAuthority } from '../src/index.ts';
import { attributes, httpsListener, loadBalancer, loginRule } from '../src/testdata/load-balancer.ts';
import { type Apache, startApache } from './apache.ts';
import { type Child, startChild } from './child.ts';
import { type Load, load } from './load.ts';
import { signIn } from './login.ts';
import { type Latency, steadyLoad } from './steady-load.ts';

export interface ThroughputOptions {
  readonly rounds: number;
  /** Of one contender in one round. */
  readonly seconds: number;
  /** How many requests a second for the time that is added. */
  readonly rate: number;
}

export interface Contender {
  readonly name: string;
  readonly rounds: readonly Load[];
}

export interface Throughput {
  readonly contenders: readonly Contender[];
  /** At 200 connections, a steady rate: direct, and through the load balancer. */
  readonly steady: readonly { readonly direct: Latency; readonly through: Latency }[];
}

export interface AlbReady {
  readonly port: number;
  readonly cert: string;
  readonly key: string;
  readonly publicKeysUrl: string;
  /** The authority that the certificates of all are of. */
  readonly caFile: string;
}

/** The load balancer, its target and its user pool, each in a process of its own. */
export async function withAlb<T>(
  listener: Listener,
  task: (parts: {
    readonly alb: Child<AlbReady>;
    readonly target: Child<{ readonly port: number }>;
    readonly provider: string;
    readonly folder: string;
  }) => Promise<T>,
  /** @default a target that costs next to nothing */
  targetUrl?: string,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'alb-bench-'));
  const { key, cert } = await ensureLocalAuthority(join(folder, 'certificate'), ['localhost']);
  const [target, provider] = await Promise.all([
    startChild<{ port: number }>('./target-process.ts', {}),
    // Apache takes no other provider than one that speaks TLS.
    startChild<{ origin: string }>('./provider-process.ts', { key, cert }),
  ]);
  const alb = await startChild<AlbReady>('./alb-process.ts', {
    stateFolder: folder,
    // The longest that AWS has: no WebSocket of thousands may end before the last has opened.
    loadBalancer: loadBalancer([listener], { attributes: { ...attributes, idleTimeoutSeconds: 4000 } }),
    target: targetUrl ?? `http://127.0.0.1:${target.ready.port}`,
    provider: provider.ready.origin,
  });
  try {
    return await task({ alb, target, provider: provider.ready.origin, folder });
  } finally {
    await Promise.all([alb.stop(), target.stop(), provider.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Direct, through the load balancer, and through Apache, in turns, each with its session. */
export function measureThroughput(options: ThroughputOptions): Promise<Throughput> {
  return withAlb(httpsListener(loginRule), async ({ alb, target, provider, folder }) => {
    const direct = `http://127.0.0.1:${target.ready.port}/`;
    const through = `https://localhost:${alb.ready.port}/`;
    const tls = { cert: alb.ready.cert, key: alb.ready.key };
    const apache = await startApache({ folder: join(folder, 'apache'), tls, provider, target: direct.slice(0, -1) });
    try {
      const cookie = await signIn(through);
      const parties = [
        { name: 'the target, direct', url: direct, headers: {}, pid: target.pid },
        { name: 'local ALB', url: through, headers: { cookie }, pid: alb.pid },
        ...(apache === undefined ? [] : [await apacheParty(apache)]),
      ];
      const rounds = new Map<string, Load[]>(parties.map(({ name }) => [name, []]));
      // Uncounted: in its first seconds what is of Node does little but compile itself.
      for (const party of parties) await load({ ...party, connections: 16, seconds: options.seconds });
      for (let round = 0; round < options.rounds; round++) {
        // In another order each time, so that what comes before befalls all alike.
        const turn = parties
          .map((_, index) => parties[(index + round) % parties.length])
          .filter((one) => one !== undefined);
        for (const { name, ...party } of turn) {
          rounds.get(name)?.push(await load({ ...party, connections: 16, seconds: options.seconds }));
        }
      }
      const steady: { direct: Latency; through: Latency }[] = [];
      const common = { connections: 200, seconds: options.seconds, rate: options.rate };
      for (let round = 0; round < options.rounds; round++) {
        steady.push({
          direct: await steadyLoad({ ...common, url: direct, headers: {} }),
          through: await steadyLoad({ ...common, url: through, headers: { cookie } }),
        });
      }
      return { contenders: [...rounds].map(([name, loads]) => ({ name, rounds: loads })), steady };
    } finally {
      await apache?.stop();
    }
  });
}

async function apacheParty({ origin, pid }: Apache) {
  return {
    name: 'Apache, mod_auth_openidc',
    url: `${origin}/`,
    headers: { cookie: await signIn(`${origin}/`) },
    pid,
  };
}
