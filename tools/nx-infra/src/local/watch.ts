import { dirname, join, relative, sep } from 'node:path';

import { watch } from 'chokidar';

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
  /** Watches these folders too, not those below them. */
  add(folders: readonly string[]): void;
  close(): Promise<void>;
}

/** How long a burst of changes is waited out: an editor writes more than once for one save. */
const QUIET_MS = 40;

/**
 * Runs a task when a file in one of the folders changes: once for a burst, never twice at a time, and once more when
 * something changed while it ran.
 *
 * @param task is given the path of one changed file, relative to the root; must not throw
 */
export function onChange(root: string, folders: readonly string[], task: (changed: string) => Promise<void>): Watcher {
  const watcher = watch([...folders], { ignoreInitial: true, depth: 0, ignored: (path) => /\.spec\.tsx?$/.test(path) });
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  watcher.on('all', (_event, path) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(() => task(relative(root, path)));
    }, QUIET_MS);
  });
  return {
    add: (more) => void watcher.add([...more]),
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
      await running;
    },
  };
}
