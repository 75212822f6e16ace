import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { onChange, watchedFolders, type Watcher } from './watch.ts';

describe('watchedFolders', () => {
  it('names each folder of the workspace once, and none of installed packages', () => {
    const inputs = ['stacks/main.ts', 'stacks/alb/a.ts', 'stacks/alb/b.ts', 'node_modules/cdktf/index.js'];
    expect(watchedFolders('/w', inputs)).toEqual(['/w/stacks', '/w/stacks/alb']);
  });
});

describe('onChange', () => {
  let folder: string;
  let watcher: Watcher;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'watch-'));
  });
  afterEach(async () => {
    await watcher.close();
    await rm(folder, { recursive: true });
  });

  it('runs once for a burst, never twice at a time, and again for what came meanwhile', async () => {
    const runs: string[] = [];
    let active = 0;
    watcher = onChange(folder, [folder], async (changed) => {
      expect(++active).toBe(1);
      runs.push(changed);
      await delay(200);
      active--;
    });
    await delay(300);
    for (const text of ['1', '2', '3']) await writeFile(join(folder, 'a.ts'), text);
    await delay(150);
    expect(runs).toEqual(['a.ts']);
    await writeFile(join(folder, 'b.ts'), '1');
    await delay(500);
    expect(runs).toEqual(['a.ts', 'b.ts']);
  });

  it('leaves tests alone', async () => {
    const runs: string[] = [];
    watcher = onChange(folder, [folder], (changed) => Promise.resolve(void runs.push(changed)));
    await delay(300);
    await writeFile(join(folder, 'a.spec.ts'), '1');
    await delay(300);
    expect(runs).toEqual([]);
  });
});
