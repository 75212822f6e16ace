import { type User } from '@gatehouse/claims';

import { type PoolUser } from './pool-user.ts';

/** The group that may administer users. */
export const ADMINISTRATORS = 'admins';

/** What could take somebody's own way in. */
export type LosingChange = { readonly kind: 'disable' } | { readonly kind: 'leave'; readonly group: string };

/**
 * Whether an administrator would take their own way back. Compared by subject: a path may name somebody by an alias.
 */
export function locksOut(actor: Pick<User, 'subject'>, user: Pick<PoolUser, 'subject'>, change: LosingChange): boolean {
  if (actor.subject !== user.subject) return false;
  return change.kind === 'disable' || change.group === ADMINISTRATORS;
}
