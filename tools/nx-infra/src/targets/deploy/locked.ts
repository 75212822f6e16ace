import { InfraError } from '../../errors.ts';

/** What Terraform says of a lock that it could not take. */
export interface Lock {
  readonly id: string;
  readonly who: string;
  readonly created: string;
}

/** Reads "Error acquiring the state lock" (Terraform, "State: Locking"); undefined where that is not what was said. */
export function readLock(text: string): Lock | undefined {
  if (!/acquiring the state lock/i.test(text)) return undefined;
  const field = (name: string): string => new RegExp(`^[│\\s]*${name}: +(.+?)\\s*$`, 'm').exec(text)?.[1] ?? 'unknown';
  return { id: field('ID'), who: field('Who'), created: field('Created') };
}

/**
 * Nobody but a person knows whether the holder of a lock still works: two applies at once destroy a state, so a lock
 * is never released from here.
 *
 * @param folder in which Terraform works on the stack, relative to the workspace
 */
export function lockedError(stack: string, { id, who, created }: Lock, folder: string): InfraError {
  return new InfraError(
    'STATE_LOCKED',
    `The state of ${stack} is locked since ${created} by ${who}: either they are applying now, and you wait, or their ` +
      `run was killed. Only if it was, release it and deploy again:\n  terraform -chdir=${folder} force-unlock ${id}`,
  );
}

/** What Terraform threw, or, where that was for a lock that it could not take, what to do about that. */
export function asLocked(stack: string, error: unknown, folder: string): unknown {
  const lock = error instanceof InfraError ? readLock(error.message) : undefined;
  return lock === undefined ? error : lockedError(stack, lock, folder);
}
