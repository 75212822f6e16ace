import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { describe, expect, it } from '@jest/globals';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));

describe('the benchmark', () => {
  it('runs: a route is open, and closed to all but users, with the cache and without', async () => {
    const program = ['--conditions=@gatehouse/source', '--import', 'tsx', 'apps/auth/bench/main.ts'];
    const { stdout } = await run(process.execPath, [...program, '--rounds=1', '--seconds=1'], {
      cwd: root,
      env: { PATH: process.env['PATH'], TSX_TSCONFIG_PATH: 'tsconfig.base.json' },
    });
    expect(stdout).toMatch(/^\| authenticated, tokens cached .*≥ 0\.85: (?:met|\*\*missed\*\*) \|$/m);
    expect(stdout).toMatch(/^\| authenticated, cache off /m);
    expect(stdout).not.toMatch(/NaN| 0 \|/);
  }, 30_000);
});
