import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { describe, expect, it } from '@jest/globals';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));
const SHORT = ['--rounds=1', '--seconds=1', '--rate=20', '--sockets=20', '--bytes=5000000'];

describe('the benchmarks', () => {
  it('run: every request is answered with the session, and every limit is judged', async () => {
    const program = ['--conditions=@gatehouse/source', '--import', 'tsx', 'libs/local-alb/bench/main.ts', ...SHORT];
    const { stdout } = await run(process.execPath, program, { cwd: root, env: { PATH: process.env['PATH'] } });
    for (const row of [
      'the target, direct',
      '**local ALB**',
      'the application, direct',
      'added at p99',
      'download',
      'upload',
    ]) {
      expect(stdout).toContain(row);
    }
    const judged = stdout.includes('Apache') ? 6 : 5;
    expect(stdout.match(/[≥≤<] [\d.]+(?: MB| ms)?: (?:met|\*\*missed\*\*)/g)).toHaveLength(judged);
    expect(stdout).not.toContain('NaN');
  }, 300_000);
});
