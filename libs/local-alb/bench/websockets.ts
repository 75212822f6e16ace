import { setTimeout as sleep } from 'node:timers/promises';

import { forwardAction, httpsListener, rule } from '../src/testdata/load-balancer.ts';
import { startChild } from './child.ts';
import { withAlb } from './throughput.ts';

export interface WebSockets {
  readonly count: number;
  /** Of the load balancer's process. */
  readonly megabytesBefore: number;
  readonly megabytes: number;
}

/** Opens so many WebSockets and leaves them idle. */
export function measureWebSockets(count: number): Promise<WebSockets> {
  return withAlb(httpsListener(rule('default', [forwardAction])), async ({ alb }) => {
    const { megabytes: megabytesBefore } = await alb.ask<{ megabytes: number }>('memory');
    const clients = await startChild<{ outcomes: Readonly<Record<string, number>> }>('./websocket-clients-process.ts', {
      port: alb.ready.port,
      count,
    });
    try {
      const { opened = 0, ...failures } = clients.ready.outcomes;
      if (opened !== count) {
        throw new Error(
          `Only ${opened} of ${count} WebSockets opened: ${JSON.stringify(failures)}. Each takes two open files of the load balancer: see ulimit -Hn.`,
        );
      }
      // They are idle: what their opening left behind has been collected by then, and given back.
      await sleep(5000);
      const { megabytes } = await alb.ask<{ megabytes: number }>('memory');
      return { count, megabytesBefore, megabytes };
    } finally {
      await clients.stop();
    }
  });
}
