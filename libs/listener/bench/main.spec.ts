import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { refuseRepeatedConditions, refuseTooManyValues } from '../src/read/condition-limits.ts';
import { shapes } from './listeners.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));

describe('the benchmarks', () => {
  it('run, and every limit is judged; nothing is undecided', async () => {
    const program = ['--conditions=@gatehouse/source', '--import', 'tsx', 'libs/listener/bench/main.ts', '--runs=1'];
    const { stdout } = await run(process.execPath, program, { cwd: root, env: { PATH: process.env['PATH'] } });
    for (const { name } of shapes) expect(stdout).toMatch(new RegExp(`^\\| ${name} .* \\| 0 \\|$`, 'm'));
    expect(stdout.match(/≤ \d+ (?:µs|ms): (?:met|\*\*missed\*\*)/g)).toHaveLength(4);
    expect(stdout).not.toContain('NaN');
  }, 120_000);

  it('are of listeners that AWS accepts', () => {
    for (const { listener } of shapes) {
      expect(listener.rules).toHaveLength(101);
      for (const { conditions, address } of listener.rules) {
        expect(() => refuseTooManyValues(conditions, address)).not.toThrow();
        expect(() => refuseRepeatedConditions(conditions, address)).not.toThrow();
      }
    }
  });
});
