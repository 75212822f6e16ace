/**
 * Prints what the guard costs a route of the application, as Markdown: requests a second of a route that needs a user
 * and of the same route made public, under the same load, in interleaved rounds.
 *
 *     TSX_TSCONFIG_PATH=tsconfig.base.json \
 *       node --conditions=@gatehouse/source --import tsx apps/auth/bench/main.ts
 *
 * `--rounds` and `--seconds` make it shorter.
 */
import { parseArgs } from 'node:util';

import { type Load, load, total } from './load.ts';
import { RunningServer } from './running-server.ts';
import { renderRoutes } from './table.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '4' } },
});
const USERS = 50;

/** One round: servers of its own, warmed up, then each route in turn for a second at a time. */
async function round(seconds: number): Promise<Record<'open' | 'cached' | 'uncached', Load>> {
  const caching = await RunningServer.start({ cache: 'on', users: USERS });
  const verifying = await RunningServer.start({ cache: 'off', users: USERS });
  const loads = { open: [] as Load[], cached: [] as Load[], uncached: [] as Load[] };
  try {
    for (let slice = seconds > 1 ? -1 : 0; slice < seconds; slice++) {
      const [open, cached, uncached] = [
        await load(caching, '/open', 1),
        await load(caching, '/closed', 1),
        await load(verifying, '/closed', 1),
      ];
      // A slice before the first warms up.
      if (slice < 0) continue;
      loads.open.push(open);
      loads.cached.push(cached);
      loads.uncached.push(uncached);
    }
  } finally {
    await Promise.all([caching.stop(), verifying.stop()]);
  }
  return { open: total(loads.open), cached: total(loads.cached), uncached: total(loads.uncached) };
}

const rounds = [];
for (let index = 0; index < Number(values.rounds); index++) rounds.push(await round(Number(values.seconds)));
console.log(`
### A route of the application

${renderRoutes({
  open: rounds.map(({ open }) => open),
  cached: rounds.map(({ cached }) => cached),
  uncached: rounds.map(({ uncached }) => uncached),
})}
`);
