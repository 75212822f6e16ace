import { relative } from 'node:path';

import { InfraError } from '../../errors.ts';
import { type Progress } from '../../progress/progress.ts';
import { type Ended } from '../../runner/keep.ts';
import { type OpenTerraform } from '../../runner/open.ts';
import { type Folders } from '../folder.ts';
import { type Entry, noted, readEvent } from './journal.ts';
import { forgetJournal, keepJournal, keptJournal, outputOf } from './kept-journal.ts';
import { lockedError, readLock } from './locked.ts';

/** A plan of a stack, to be applied as it is. */
export interface Applicable {
  readonly stack: string;
  /** In which Terraform made the plan, or was prepared to apply it. */
  readonly work: string;
  readonly planFile: string;
}

/** With what plans are applied. */
export interface Applying {
  readonly open: OpenTerraform;
  readonly folders: Folders;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** The workspace. */
  readonly root: string;
}

/**
 * Applies a saved plan, and nothing else. Terraform is interrupted once by the signal, and waited for.
 *
 * @throws {InfraError} `STATE_LOCKED`, `INTERRUPTED`; `TERRAFORM_FAILED` with what Terraform said. What was made by
 *   then is in the state, or in the journal for {@link recover}.
 */
export async function apply(plan: Applicable, applying: Applying): Promise<void> {
  const { open, folders, progress, signal } = applying;
  const { stack, work, planFile } = plan;
  if (signal.aborted) throw new InfraError('INTERRUPTED', `Ended on request, before ${stack} was applied.`);
  await progress.step(stack, 'apply', async () => {
    const folder = folders.applied(stack);
    // Beside its output: what an earlier apply noted, and is still to be imported by this plan.
    await keepJournal(folder, await keptJournal(folder));
    const said: string[] = [];
    let journal: readonly Entry[] = [];
    const line = (text: string): void => {
      const event = readEvent(text);
      if (event === undefined) return;
      if ('error' in event) {
        said.push(open.shown(event.address === undefined ? event.error : `${event.address}: ${event.error}`));
        return;
      }
      journal = noted(journal, event.entry);
      tell(stack, event.entry, progress);
    };
    const args = ['apply', '-json', '-input=false', planFile];
    const ended = await open.keep(args, { cwd: work, folder: outputOf(folder), line });
    if (ended.code === 0) return forgetJournal(folder);
    await keepJournal(folder, await keptJournal(folder));
    throw failure(plan, ended, said, applying);
  });
}

function failure(
  { stack, work }: Applicable,
  { code, stderr }: Ended,
  said: readonly string[],
  { open, signal, root }: Applying,
): InfraError {
  const text = [...said, open.shown(stderr.trim())].filter((part) => part !== '').join('\n');
  const lock = readLock(text);
  if (lock !== undefined) return lockedError(stack, lock, relative(root, work));
  if (signal.aborted && code !== null) {
    return new InfraError('INTERRUPTED', `Terraform ended on request; what it made of ${stack} is in the state.`);
  }
  const killed = `Terraform was killed. What it made of ${stack} is looked for by the next deployment.`;
  const why = code === null ? [killed, text].join('\n').trim() : text || `It ended with code ${code} and said nothing.`;
  return new InfraError('TERRAFORM_FAILED', `terraform apply: ${why}`);
}

const ACTIONS: Readonly<Record<string, string>> = { create: 'create', update: 'change', delete: 'destroy' };

function tell(stack: string, { action, address, state }: Entry, progress: Progress): void {
  const verb = ACTIONS[action];
  if (verb === undefined) return;
  const step = `${verb} ${address}`;
  progress.tell({ event: 'step', stack, step, state: state === 'completed' ? 'done' : state });
}
