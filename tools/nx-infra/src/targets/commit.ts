import { InfraError } from '../errors.ts';
import { type Run } from '../runner/command.ts';

/**
 * The commit that a workspace is at.
 *
 * @throws {InfraError} `OPTION_INVALID` where it is in no repository
 */
export async function commitOf(root: string, git: Run): Promise<string> {
  return resolved(root, git, 'HEAD');
}

/**
 * What the files of that commit are, under one name whichever commit has them: a merge makes another commit of what a
 * pull request's merge commit was, be it by merging, squashing or rebasing, and the same tree where nothing else came in
 * between.
 *
 * @throws {InfraError} `OPTION_INVALID` where it is in no repository
 */
export async function treeOf(root: string, git: Run): Promise<string> {
  return resolved(root, git, 'HEAD^{tree}');
}

async function resolved(root: string, git: Run, revision: string): Promise<string> {
  const answer = await git(['rev-parse', revision], { cwd: root }).catch(() => undefined);
  const name = answer?.stdout.trim() ?? '';
  if (answer?.code === 0 && /^[0-9a-f]{40,64}$/.test(name)) return name;
  throw new InfraError(
    'OPTION_INVALID',
    'The workspace is at no commit of Git, and a review is of a commit: git init, or commit what there is.',
  );
}
