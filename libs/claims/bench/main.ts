/**
 * Prints the library's figures beside those of its peers, as Markdown.
 *
 *     node --expose-gc --conditions=@gatehouse/source --import tsx libs/claims/bench/main.ts
 *
 * `--rounds`, `--slice` (ms) and `--users` make it shorter.
 */
import { parseArgs } from 'node:util';

import { cached } from './cached.ts';
import { memory } from './memory.ts';
import { renderMemory } from './memory-table.ts';
import { measure } from './rounds.ts';
import { type Comparison, renderComparison } from './table.ts';
import { uncached } from './uncached.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '25' },
    slice: { type: 'string', default: '100' },
    users: { type: 'string', default: '50000' },
  },
});
const rounds = Number(values.rounds);
const sliceMs = Number(values.slice);

// First, in a heap that nothing has been left in.
const users = Number(values.users);
const growth = await memory(users);
// More than the verifier keeps whole tokens of; the others it knows by their digests.
const [few, many] = [Math.min(200, users), Math.min(8000, users)];
// Tokens live two minutes: each comparison is made just before it is measured.
const table = async (comparison: Comparison, slice: number): Promise<string> =>
  renderComparison(comparison, await measure(comparison.contenders, { rounds, sliceMs: slice }));

console.log(`
### A data token (ES256), nothing cached but its key

${await table(await uncached(), sliceMs)}

### A request whose tokens were verified before, of ${few.toLocaleString('en-US')} users in turn

${await table(cached(few), sliceMs / 5)}

### The same, of ${many.toLocaleString('en-US')} users in turn

${await table(cached(many), sliceMs / 5)}

### Memory

${renderMemory(growth)}
`);
