import { InfraError } from '../errors.ts';
import { type Run } from '../runner/command.ts';

/**
 * The commit that a workspace is at.
 *
 * @throws {InfraError} `OPTION_INVALID` where it is in no repository
 */
export async function commitOf(root: string, git: Run): Promise<string> {
  const answer = await git(['rev-parse', 'HEAD'], { cwd: root }).catch(() => undefined);
  const commit = answer?.stdout.trim() ?? '';
  if (answer?.code === 0 && /^[0-9a-f]{40,64}$/.test(commit)) return commit;
  throw new InfraError(
    'OPTION_INVALID',
    'The workspace is at no commit of Git, and a review is of a commit: git init, or commit what there is.',
  );
}
