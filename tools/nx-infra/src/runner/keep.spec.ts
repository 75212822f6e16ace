import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Ended, keeping, stillKept } from './keep.ts';

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'gatehouse-keep-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

interface Running {
  readonly ended: Promise<Ended>;
  readonly lines: string[];
  readonly abort: AbortController;
  readonly said: (line: string) => Promise<void>;
}

function run(script: string): Running {
  const abort = new AbortController();
  const lines: string[] = [];
  const waiting = new Map<string, () => void>();
  const line = (text: string): void => {
    lines.push(text);
    waiting.get(text)?.();
  };
  const node = keeping(process.execPath, { env: process.env, signal: abort.signal });
  const ended = node(['-e', script], { cwd: base, folder: join(base, 'kept'), line });
  return { ended, lines, abort, said: (text) => new Promise((resolve) => waiting.set(text, resolve)) };
}

describe('keeping', () => {
  it('tells lines as they come, and how it ended', async () => {
    const { ended, lines } = run(`console.log('one'); console.log('zwölf'); console.error('oh'); process.exitCode = 3`);
    expect(await ended).toEqual({ code: 3, stderr: 'oh\n' });
    expect(lines).toEqual(['one', 'zwölf']);
    expect((await stat(join(base, 'kept', 'stdout'))).mode & 0o077).toBe(0);
    expect((await stat(join(base, 'kept'))).mode & 0o077).toBe(0);
  });

  it('interrupts once, and waits', async () => {
    const { ended, lines, abort, said } = run(
      `let n = 0; process.on('SIGINT', () => { n += 1; setTimeout(() => { console.log('asked ' + n); process.exit(0) }, 500) });
       console.log('ready'); setInterval(() => {}, 1000)`,
    );
    await said('ready');
    abort.abort();
    abort.abort();
    expect(await ended).toEqual({ code: 0, stderr: '' });
    expect(lines).toEqual(['ready', 'asked 1']);
  });

  it('is in no group and no tree of this process', async () => {
    const { ended, lines, abort, said } = run(
      `console.log('ready'); console.log('pid ' + process.pid); process.on('SIGINT', () => process.exit(0)); setInterval(() => {}, 1000)`,
    );
    await said('ready');
    while (lines.length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    const pid = lines[1]?.slice(4) ?? '';
    expect(stillKept(join(base, 'kept'))).toBe(Number(pid));
    const column = (name: string, of: string): string =>
      execFileSync('ps', ['-o', `${name}=`, '-p', of], { encoding: 'utf8' }).trim();
    const keeper = column('ppid', pid);
    expect(column('ppid', keeper)).not.toBe(String(process.pid));
    expect(column('sid', pid)).not.toBe(column('sid', String(process.pid)));
    abort.abort();
    await ended;
    expect(stillKept(join(base, 'kept'))).toBeUndefined();
  });

  it('says that it was killed', async () => {
    const { ended, said } = run(`console.log('ready'); setInterval(() => {}, 1000)`);
    await said('ready');
    process.kill(Number(await readFile(join(base, 'kept', 'pid'), 'utf8')), 'SIGKILL');
    expect(await ended).toMatchObject({ code: null });
  });

  it('ends what a killed program leaves behind, before it says so', async () => {
    const { ended, said, lines } = run(
      `const { spawn } = require('node:child_process');
       const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
       console.log('ready'); console.log('left ' + left.pid); setInterval(() => {}, 1000)`,
    );
    await said('ready');
    while (lines.length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    const left = lines[1]?.slice(5) ?? '';
    const states = (): string => {
      try {
        return execFileSync('ps', ['-o', 'stat=', '-p', left], { encoding: 'utf8' }).trim();
      } catch {
        return 'gone';
      }
    };
    expect(states()).toMatch(/^[SR]/);
    process.kill(Number(await readFile(join(base, 'kept', 'pid'), 'utf8')), 'SIGKILL');
    expect(await ended).toMatchObject({ code: null });
    expect(states()).toMatch(/^(gone|Z)/);
  });

  it('ends where there is no such program', async () => {
    const none = keeping('no-such-program-here', { env: process.env, signal: new AbortController().signal });
    expect(await none([], { cwd: base, folder: join(base, 'none'), line: () => {} })).toMatchObject({ code: null });
  });
});
