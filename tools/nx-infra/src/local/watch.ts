import { dirname, join, relative, sep } from 'node:path';

import { watch } from 'chokidar';

import { Burst } from './burst.ts';

/** The folders of the workspace that hold a build's inputs; those of installed packages are left out. */
export function watchedFolders(root: string, inputs: Iterable<string>): readonly string[] {
  const folders = new Set<string>();
  for (const input of inputs) {
    const path = join(root, input);
    if (!path.split(sep).includes('node_modules')) folders.add(dirname(path));
  }
  return [...folders].sort();
}

export interface Watcher {
  /** Settles when changes are seen from now on. */
  readonly ready: Promise<void>;
  /** Watches these folders too. */
  add(folders: readonly string[]): void;
  close(): Promise<void>;
}

/**
 * Runs a task when a file in one of the folders changes, once for a {@link Burst} of changes. Specs do not count.
 *
 * @param task is given the path of the changed file, relative to the root; must not throw
 */
export function onChange(root: string, folders: readonly string[], task: (changed: string) => Promise<void>): Watcher {
  const burst = new Burst(task);
  const watcher = watch([...folders], { ignoreInitial: true, depth: 0, ignored: (path) => /\.spec\.tsx?$/.test(path) });
  watcher.on('all', (_event, path) => burst.add(relative(root, path)));
  return {
    ready: new Promise((resolve) => watcher.once('ready', resolve)),
    add: (more) => void watcher.add([...more]),
    close: async () => {
      await watcher.close();
      await burst.close();
    },
  };
}
