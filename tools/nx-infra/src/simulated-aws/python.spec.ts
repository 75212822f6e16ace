import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { pythonWithMoto } from './python.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-spec-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A `python3` that finds moto, or does not. @returns its folder */
async function python(name: string, hasMoto: boolean): Promise<string> {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, 'python3'), `#!/bin/sh\nexit ${hasMoto ? 0 : 1}\n`, { mode: 0o755 });
  return join(folder, name);
}

describe('pythonWithMoto', () => {
  it('takes the first that has it, not the first', async () => {
    const [system, first, second] = [
      await python('system', false),
      await python('first', true),
      await python('second', true),
    ];
    const PATH = [system, folder, first, second].join(delimiter);
    expect(pythonWithMoto({ PATH })).toBe(join(first, 'python3'));
  });

  it('leaves it to the first to say what is wrong, where none has it', async () => {
    const PATH = [await python('system', false), await python('other', false)].join(delimiter);
    expect(pythonWithMoto({ PATH })).toBe('python3');
    expect(pythonWithMoto({ PATH: folder })).toBe('python3');
    expect(pythonWithMoto({})).toBe('python3');
  });
});
