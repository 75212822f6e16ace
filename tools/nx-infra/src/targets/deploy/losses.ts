import { InfraError } from '../../errors.ts';
import { type PlanJson } from './plan-json.ts';
import { STATEFUL } from './stateful.ts';

/** Something that holds data, and that a plan would destroy. */
export interface Loss {
  readonly stack: string;
  readonly address: string;
  readonly action: 'destroy' | 'replace';
  /** What is lost with it. */
  readonly holds: string;
}

/** What a plan would lose. */
export function lossesOf(stack: string, { resource_changes }: PlanJson): readonly Loss[] {
  return resource_changes.flatMap(({ address, mode, type, change: { actions } }) => {
    const holds = STATEFUL[type];
    if (mode !== 'managed' || holds === undefined || !actions.includes('delete')) return [];
    return [{ stack, address, action: actions.includes('create') ? 'replace' : 'destroy', holds } as const];
  });
}

/**
 * Lets a plan pass that loses nothing but what was named.
 *
 * @param allowed addresses, such as `aws_ecr_repository.app`
 * @throws {InfraError} `REPLACE_REFUSED`
 */
export function requireAllowed(losses: readonly Loss[], allowed: readonly string[]): void {
  const refused = losses.filter(({ address }) => !allowed.includes(address));
  if (refused.length === 0) return;
  const lines = refused.map(({ stack, address, action, holds }) => `  ${stack}: ${address}: ${action} (${holds})`);
  const options = refused.map(({ address }) => `--allow-replace=${address}`).join(' ');
  throw new InfraError(
    'REPLACE_REFUSED',
    [
      'The plan would destroy what no apply brings back, and none of this wave is applied:',
      ...lines,
      `Find out which change of stacks/ does it. If it is wanted, save the data first, and pass ${options}.`,
    ].join('\n'),
  );
}
