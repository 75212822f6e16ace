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

import { load } from './load.ts';
import { RunningServer } from './running-server.ts';
import { renderRoutes, type RouteRates } from './table.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '4' } },
});
const seconds = Number(values.seconds);
const USERS = 50;

const rates: RouteRates = { open: [], cached: [], uncached: [] };
for (let round = 0; round < Number(values.rounds); round++) {
  // Anew in each round: a load balancer's tokens live two minutes here, and a start is a matter of luck too.
  const [caching, verifying] = [
    await RunningServer.start({ cache: 'on', users: USERS }),
    await RunningServer.start({ cache: 'off', users: USERS }),
  ];
  try {
    rates.open.push(await load(caching.ready, '/open', seconds));
    rates.cached.push(await load(caching.ready, '/closed', seconds));
    rates.uncached.push(await load(verifying.ready, '/closed', seconds));
  } finally {
    await Promise.all([caching.stop(), verifying.stop()]);
  }
}
console.log(`
### A route of the application

${renderRoutes(rates)}
`);
