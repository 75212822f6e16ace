import { setTimeout as sleep } from 'node:timers/promises';

import { forwardAction, httpsListener, rule } from '../src/testdata/load-balancer.ts';
import { startChild } from './child.ts';
import { withAlb } from './throughput.ts';

export interface WebSockets {
  readonly wanted: number;
  /** Fewer where the system lets a process have fewer files. */
  readonly count: number;
  /** Of the load balancer's process. */
  readonly megabytesBefore: number;
  readonly megabytes: number;
}

/** Of the load balancer's files, those that are no WebSocket's: its program, its listeners, what it asks the system by. */
const otherFiles = 100;

/** Opens so many WebSockets, or as many as the system allows, and leaves them idle. */
export function measureWebSockets(wanted: number): Promise<WebSockets> {
  return withAlb(httpsListener(rule('default', [forwardAction])), async ({ alb }) => {
    const { limit = Infinity } = await alb.ask<{ limit?: number }>('files');
    // Each takes two: that of the client, and that to the target.
    const count = Math.min(wanted, Math.floor((limit - otherFiles) / 2));
    const { megabytes: megabytesBefore } = await alb.ask<{ megabytes: number }>('memory');
    const clients = await startChild<{ outcomes: Readonly<Record<string, number>> }>('./websocket-clients-process.ts', {
      port: alb.ready.port,
      count,
    });
    try {
      const { opened = 0, ...failures } = clients.ready.outcomes;
      if (opened !== count) {
        throw new Error(`Only ${opened} of ${count} WebSockets opened: ${JSON.stringify(failures)}`);
      }
      // They are idle: V8 gives back what their opening took of its young objects' memory some 15 seconds after, and what
      // the collection of the first answer frees, a moment later.
      await sleep(20_000);
      await alb.ask('memory');
      await sleep(2000);
      const { megabytes } = await alb.ask<{ megabytes: number }>('memory');
      const { open } = await clients.ask<{ open: number }>('open');
      if (open !== count) throw new Error(`Only ${open} of ${count} WebSockets are open still`);
      return { wanted, count, megabytesBefore, megabytes };
    } finally {
      await clients.stop();
    }
  });
}
