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
    const clients = await startChild<{ opened: number }>('./websocket-clients-process.ts', {
      port: alb.ready.port,
      count,
    });
    try {
      if (clients.ready.opened !== count) throw new Error(`Only ${clients.ready.opened} of ${count} WebSockets opened`);
      const { megabytes } = await alb.ask<{ megabytes: number }>('memory');
      return { count, megabytesBefore, megabytes };
    } finally {
      await clients.stop();
    }
  });
}
