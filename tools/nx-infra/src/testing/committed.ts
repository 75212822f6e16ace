import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type TestStack, workspace, type Workspace } from './workspace.ts';

export const git = ({ root }: Workspace, ...args: readonly string[]): unknown =>
  execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', ...args], {
    cwd: root,
    stdio: 'pipe',
  });

/** A workspace at a commit, which moves when the test says so. */
export async function committed(stacks: Readonly<Record<string, TestStack>>): Promise<Workspace> {
  const place = await workspace(stacks);
  await writeFile(join(place.root, '.gitignore'), 'cdktf.out\n');
  git(place, 'init', '-q');
  git(place, 'add', '.');
  git(place, 'commit', '-qm', 'First');
  return place;
}
