import { execFileSync } from 'node:child_process';

import { deployment, type Deployment, type Kill } from './kill.ts';

/** Each kill needs the deployment that is killed, one that meets the lock, and one that goes on. */
const PATIENCE = 4;

/** What a person does with what a deployment said. */
export interface Survived {
  /** The deployments, in their order. */
  readonly runs: readonly Deployment[];
  /** The commands that were run, as they were printed. */
  readonly commands: readonly string[];
  /** Kills at the last thing that came too late: after those before, nothing was left to make, or it was made at once. */
  readonly late: readonly Kill[];
}

/**
 * Deploys, is killed, does what the message says, and deploys again, until everything is deployed. The next kill may
 * happen as soon as one has.
 *
 * @throws {Error} where a deployment does not say what to do, or a kill does not happen
 */
export async function survive(
  root: string,
  env: string,
  kills: readonly Kill[],
  tell: (line: string) => void,
): Promise<Survived> {
  const runs: Deployment[] = [];
  const commands: string[] = [];
  const late: Kill[] = [];
  for (const kill of [...kills, undefined]) {
    for (let attempt = 1; ; attempt += 1) {
      const run = await deployment(root, env, kill);
      runs.push(run);
      run.killed.forEach((line) => tell(`${kill?.point} ${kill?.what} ${line}`));
      if (run.killed.length > 0 || (run.success && kill === undefined)) break;
      if (run.success && kill?.point === 'last') {
        late.push(kill);
        break;
      }
      const unlocking = commandsIn(run.said);
      if (run.success || unlocking.length === 0 || attempt === PATIENCE) {
        throw new Error(`After ${attempt} deployments ${JSON.stringify(kill)}:\n${run.said}`);
      }
      unlocking.forEach((command) => unlock(command, root));
      commands.push(...unlocking);
    }
  }
  return { runs, commands, late };
}

function commandsIn(said: string): readonly string[] {
  return [...new Set(said.match(/terraform -chdir=\S+ force-unlock [0-9a-f-]+/g) ?? [])];
}

/** As it is printed; Terraform asks, and is answered as a person does. */
function unlock(command: string, root: string): void {
  const [program = '', ...args] = command.split(' ');
  execFileSync(program, args, { cwd: root, env: process.env, input: 'yes\n', stdio: ['pipe', 'pipe', 'pipe'] });
}
