import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { freshStateFolder } from '../testdata/folder.ts';
import { StateStore } from './state-store.ts';

const opened: StateStore[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

async function open(folder: string): Promise<StateStore> {
  const store = await StateStore.open(folder);
  opened.push(store);
  return store;
}

async function modes(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(join(folder, 'store'));
  const found = await Promise.all(names.map((name) => stat(join(folder, 'store', name))));
  return new Map(names.map((name, index) => [name, ((found[index]?.mode ?? 0) & 0o777).toString(8)]));
}

describe('StateStore', () => {
  it('knows after a restart what it was given, by kind and id', async () => {
    const folder = await freshStateFolder();
    const first = await StateStore.open(folder);
    await first.write([
      { kind: 'user', id: 'b', value: { name: 'Bob' } },
      { kind: 'user', id: 'a', value: { name: 'Ada' } },
      { kind: 'users', id: 'c', value: 'another kind' },
    ]);
    await first.write([{ kind: 'user', id: 'b', value: undefined }]);
    await first.close();

    const again = await open(folder);
    expect(await again.entries('user')).toEqual([['a', { name: 'Ada' }]]);
    expect(await again.entries('users')).toEqual([['c', 'another kind']]);
    expect(await again.entries('nothing')).toEqual([]);
  });

  it('keeps the order of writes that are asked for at once', async () => {
    const store = await open(await freshStateFolder());
    await Promise.all(Array.from({ length: 500 }, (_, value) => store.write([{ kind: 'k', id: 'same', value }])));
    expect(await store.entries('k')).toEqual([['same', 499]]);
  });

  it('keeps an id of any characters apart from its neighbours', async () => {
    const store = await open(await freshStateFolder());
    const ids = ['', '!', '"', 'é', '\u{1F3F0}', 'a!b', '\uffff'];
    await store.write(ids.map((id) => ({ kind: 'k', id, value: id })));
    const entries = await store.entries('k');
    expect(entries.map(([id]) => id).sort()).toEqual([...ids].sort());
    expect(entries.every(([id, value]) => id === value)).toBe(true);
  });

  it('lets nobody else read a file, those of a compaction included', async () => {
    const folder = await freshStateFolder();
    const store = await open(folder);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'store'))).mode & 0o777).toBe(0o700);
    const noise = Array.from({ length: 4000 }, (_, index) => `${index} ${Math.random()}`).join();
    for (let round = 0; round < 100; round++) {
      await store.write([{ kind: 'k', id: String(round), value: noise + round }]);
    }
    await store.write([{ kind: 'k', id: 'last', value: 0 }]);
    const found = await modes(folder);
    // LevelDB has begun new files, so that the claim is about more than those that opening made.
    expect([...found.keys()].filter((name) => name.endsWith('.ldb')).length).toBeGreaterThan(0);
    expect([...found].filter(([, mode]) => mode !== '600')).toEqual([]);
  });

  it('says when another pool uses the folder', async () => {
    const folder = await freshStateFolder();
    await open(folder);
    await expect(StateStore.open(folder)).rejects.toThrow(expect.objectContaining({ code: 'STATE_IN_USE' }));
  });

  it('says when the folder is damaged, and what to delete', async () => {
    const folder = await freshStateFolder();
    await (await StateStore.open(folder)).close();
    await writeFile(join(folder, 'store', 'CURRENT'), 'MANIFEST-no-such\n');
    await expect(StateStore.open(folder)).rejects.toThrow(
      expect.objectContaining({ code: 'STATE_UNREADABLE', message: expect.stringContaining('Delete the folder') }),
    );
  });

  it('refuses a write that cannot be made, and does not take it for done', async () => {
    const store = await StateStore.open(await freshStateFolder());
    await store.close();
    await expect(store.write([{ kind: 'k', id: 'a', value: 1 }])).rejects.toThrow();
  });
});
