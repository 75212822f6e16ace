import { tmpdir } from 'node:os';

import { describe, expect, it } from '@jest/globals';

import { command } from './command.ts';

const cwd = tmpdir();

describe('command', () => {
  it('keeps what the program wrote, and how it ended', async () => {
    const node = command(process.execPath, { env: { WORD: 'there' } });
    const script = `console.log('hello ' + process.env.WORD); console.error('oh'); process.exit(3)`;
    expect(await node(['-e', script], { cwd })).toEqual({ code: 3, stdout: 'hello there\n', stderr: 'oh\n' });
  });

  it('hands over what is to be read, and otherwise nothing', async () => {
    const node = command(process.execPath, { env: {} });
    const script = `process.stdin.pipe(process.stdout)`;
    expect(await node(['-e', script], { cwd, input: 'hush' })).toMatchObject({ stdout: 'hush' });
    expect(await node(['-e', script], { cwd })).toMatchObject({ code: 0, stdout: '' });
    expect(await node(['-e', ''], { cwd, input: 'x'.repeat(1_000_000) })).toMatchObject({ code: 0 });
  });

  it('says that there is no such program', async () => {
    await expect(command('no-such-program-here', { env: {} })([], { cwd })).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('lets an interrupted program end in its own way', async () => {
    const abort = new AbortController();
    const node = command(process.execPath, { env: {}, signal: abort.signal });
    const script = `process.on('SIGINT', () => process.exit(0)); process.stdout.write('x'); setInterval(() => {}, 1000)`;
    const run = node(['-e', script], { cwd });
    setTimeout(() => abort.abort(), 200);
    await expect(run).rejects.toMatchObject({ code: 'INTERRUPTED' });
    await expect(node(['-e', ''], { cwd })).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
