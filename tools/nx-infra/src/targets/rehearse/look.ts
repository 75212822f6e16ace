import { InfraError } from '../../errors.ts';
import { type TargetContext } from '../target.ts';
import { type Applied } from './check.ts';
import { CHECKS } from './checks.ts';
import { type Change } from './changes.ts';

/**
 * Runs every check, and tells what each found.
 *
 * @throws {InfraError} `REHEARSAL_FAILED`, after all were run
 */
export async function look(applied: Applied, { progress }: TargetContext, checks = CHECKS): Promise<void> {
  const failed: string[] = [];
  for (const { name, proves, run } of checks) {
    const problems = await run(applied);
    if (problems.length > 0) failed.push(name);
    progress.tell(
      problems.length === 0
        ? { event: 'finding', check: name, state: 'ok', message: proves }
        : { event: 'finding', check: name, state: 'failed', message: problems.join(' '), mend: `So that ${proves}.` },
    );
  }
  if (failed.length === 0) return;
  throw new InfraError(
    'REHEARSAL_FAILED',
    `Terraform applied the stacks, and AWS has something else than they describe: ${failed.join(', ')}. Each is above.`,
  );
}

/**
 * A check that sees nothing, whatever is changed, is none: each sees what was changed of what it looks at, and the
 * others see nothing.
 *
 * @throws {InfraError} `REHEARSAL_FAILED`
 */
export async function requireSeen(
  changes: readonly Pick<Change, 'check'>[],
  applied: Applied,
  checks = CHECKS,
): Promise<void> {
  const wanted = new Set(changes.map(({ check }) => check));
  const wrong: string[] = [];
  for (const { name, run } of checks) {
    const sees = (await run(applied)).length > 0;
    if (sees !== wanted.has(name)) wrong.push(`${name} (${sees ? 'sees what nobody changed' : 'sees nothing'})`);
  }
  if (wrong.length === 0) return;
  throw new InfraError(
    'REHEARSAL_FAILED',
    `Checks do not see what they are for, so that what they said before is worth nothing: ${wrong.join(', ')}.`,
  );
}
