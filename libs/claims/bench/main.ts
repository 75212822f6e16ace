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
import { renderComparison } from './table.ts';
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
const growth = await memory(Number(values.users));
const [verifying, caching] = [await uncached(), cached()];
console.log(`
### A data token verified, nothing cached but the key (ES256)

${renderComparison(verifying, await measure(verifying.contenders, { rounds, sliceMs }))}

### A request whose tokens were verified before

${renderComparison(caching, await measure(caching.contenders, { rounds, sliceMs: sliceMs / 5 }))}

### Memory

${renderMemory(growth)}
`);
