import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Somebody else's lock on a local state: Terraform takes it with fcntl, which Node has not, and Python has. */
export async function holdLock(state: string): Promise<AsyncDisposable & { readonly held: boolean }> {
  const info = join(dirname(state), `.${basename(state)}.lock.info`);
  await writeFile(
    info,
    JSON.stringify({
      ID: '11111111-2222-3333-4444-555555555555',
      Operation: 'OperationTypeApply',
      Info: '',
      Who: 'ann@laptop',
      Version: '1.11.4',
      Created: '2026-11-22T14:38:31Z',
      Path: state,
    }),
  );
  const script = `import fcntl,sys; f=open(sys.argv[1],'r+'); fcntl.lockf(f,fcntl.LOCK_EX); print('held',flush=True); sys.stdin.read()`;
  const child = spawn('python3', ['-c', script, state], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return {
    get held() {
      return child.exitCode === null;
    },
    [Symbol.asyncDispose]: async () => {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}
