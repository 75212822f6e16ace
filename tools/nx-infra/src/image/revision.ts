import { type Run } from '../runner/command.ts';

/** The commit of a workspace, with `-dirty` where files differ from it; `unknown` outside of a repository. */
export async function revision(git: Run, cwd: string): Promise<string> {
  const [head, status] = await Promise.all([
    git(['rev-parse', 'HEAD'], { cwd }).catch(noGit),
    git(['status', '--porcelain'], { cwd }).catch(noGit),
  ]);
  if (head.code !== 0) return 'unknown';
  return status.code === 0 && status.stdout.trim() === '' ? head.stdout.trim() : `${head.stdout.trim()}-dirty`;
}

function noGit(error: unknown): { readonly code: number; readonly stdout: string } {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  return { code: 1, stdout: '' };
}
