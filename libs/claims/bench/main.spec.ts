import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { describe, expect, it } from '@jest/globals';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));
const SHORT = ['--rounds=1', '--slice=1', '--users=20'];

describe('the benchmarks', () => {
  it('run: every verifier accepts what it is given, and every limit is judged', async () => {
    const program = ['--expose-gc', '--conditions=@gatehouse/source', '--import', 'tsx', 'libs/claims/bench/main.ts'];
    const { stdout } = await run(process.execPath, [...program, ...SHORT], {
      cwd: root,
      env: { PATH: process.env['PATH'] },
    });
    for (const peer of ['crypto.verify', 'aws-jwt-verify', 'jose', 'fast-jwt', 'jsonwebtoken, PEM', 'KeyObject']) {
      expect(stdout).toContain(peer);
    }
    expect(stdout.match(/[≥<] [\d.]+(?: MB)?: (?:met|\*\*missed\*\*)/g)).toHaveLength(8);
    expect(stdout).not.toContain('NaN');
  }, 30_000);
});
