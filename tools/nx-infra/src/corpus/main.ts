import { join } from 'node:path';

import { Progress } from '../progress/progress.ts';
import { generate } from './generate.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const folder = join(root, 'libs', 'plan-review', 'corpus', 'plans');
const progress = new Progress({ json: false, write: (line) => console.log(line), now: () => performance.now() });
const abort = new AbortController();
process.on('SIGINT', () => abort.abort()).on('SIGTERM', () => abort.abort());
await generate({ root, env: 'prod', folder }, { progress, signal: abort.signal });
