import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The workspace that the tests run in. */
export const WORKSPACE = join(import.meta.dirname, '..', '..', '..');

/** A copy of the workspace that a test may edit, with ports of its own, so that it disturbs no other. */
export interface WorkspaceCopy {
  readonly root: string;
  readonly httpsPort: number;
  readonly httpPort: number;
  readonly poolPort: number;
  /** Edits a file, by its path in the workspace. */
  edit(path: string, change: (content: string) => string): Promise<void>;
  remove(): Promise<void>;
}

export async function copyWorkspace(): Promise<WorkspaceCopy> {
  const root = await mkdtemp(join(tmpdir(), 'gatehouse-e2e-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: WORKSPACE,
    encoding: 'utf8',
  });
  const files = listed.split('\0').filter((file) => file !== '');
  // A file that is deleted and not yet committed is listed and not there.
  await Promise.all(files.map((file) => cp(join(WORKSPACE, file), join(root, file)).catch(ignoreMissing)));
  await symlink(join(WORKSPACE, 'node_modules'), join(root, 'node_modules'));

  const [httpsPort = 0, httpPort = 0, poolPort = 0] = await freePorts(3);
  const copy: WorkspaceCopy = {
    root,
    httpsPort,
    httpPort,
    poolPort,
    edit: async (path, change) => {
      const before = await readFile(join(root, path), 'utf8');
      const after = change(before);
      if (after === before) throw new Error(`The edit of ${path} changes nothing: the test no longer fits the file.`);
      await writeFile(join(root, path), after);
    },
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
  await copy.edit('stacks/environments/local.ts', (content) =>
    content.replaceAll('8443', String(httpsPort)).replaceAll('8080', String(httpPort)),
  );
  return copy;
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** Below the ports that systems give to whoever asks for any, for a connection or a test: those may be taken in between. */
const PORTS = { first: 20_000, end: 30_000 } as const;

/** Ports that nobody listens on at this moment, each another. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = randomInt(PORTS.first, PORTS.end);
    if (await isFree(port)) found.add(port);
  }
  return [...found];
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
