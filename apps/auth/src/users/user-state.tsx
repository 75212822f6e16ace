import { type JSX } from 'preact';

import { type PoolUser } from './pool-user.ts';

/** What the states of the pool mean to an administrator. Source: Cognito developer guide, "User account states". */
const states: Readonly<Record<PoolUser['status'], string>> = {
  ARCHIVED: 'Archived',
  COMPROMISED: 'Compromised',
  CONFIRMED: 'Active',
  EXTERNAL_PROVIDER: 'Signs in elsewhere',
  FORCE_CHANGE_PASSWORD: 'Invited',
  RESET_REQUIRED: 'To be reset',
  UNCONFIRMED: 'Not confirmed',
  UNKNOWN: 'Unknown',
};

export function stateOf({ enabled, status }: Pick<PoolUser, 'enabled' | 'status'>): string {
  return enabled ? states[status] : 'Disabled';
}

/** The state in a word. */
export function UserState({ user }: { readonly user: Pick<PoolUser, 'enabled' | 'status'> }): JSX.Element {
  const sure = user.enabled && user.status === 'CONFIRMED';
  return <span class={sure ? 'chip' : 'chip unsure'}>{stateOf(user)}</span>;
}
