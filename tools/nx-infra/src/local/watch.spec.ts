import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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

  it('names the file that changed, and leaves tests alone', async () => {
    const changed = await new Promise<string>((resolve, reject) => {
      watcher = onChange(folder, [folder], (path) => Promise.resolve(resolve(path)));
      watcher.ready
        .then(() => writeFile(join(folder, 'a.spec.ts'), '1'))
        // A change of the spec would be taken up by now, and be the first.
        .then(() => delay(200))
        .then(() => writeFile(join(folder, 'a.ts'), '1'))
        .catch(reject);
    });
    expect(changed).toBe('a.ts');
  });

  it('watches a folder that is added later', async () => {
    const later = join(folder, 'later');
    await mkdir(later);
    const changed = new Promise<string>((resolve) => {
      watcher = onChange(folder, [folder], (path) => Promise.resolve(resolve(path)));
    });
    await watcher.ready;
    watcher.add([later]);
    for (let edit = 0; (await Promise.race([changed, delay(100)])) === undefined; edit++) {
      expect(edit).toBeLessThan(40);
      await writeFile(join(later, 'b.ts'), String(edit));
    }
    expect(await changed).toBe(join('later', 'b.ts'));
  });
});
