import { type User } from '@gatehouse/claims';
import { type JSX } from 'preact';

import { locksOut } from './lock-out.ts';
import { userPath } from './paths.ts';
import { type PoolUser } from './pool-user.ts';

interface UserAction {
  readonly path: 'invite-again' | 'enable' | 'disable' | 'reset-password' | 'sign-out';
  readonly label: string;
  readonly text: string;
}

/** What can be done with a user in their state: nothing is offered that the pool would refuse. */
export function actionsFor(actor: Pick<User, 'subject'>, user: PoolUser): readonly UserAction[] {
  const { enabled, status } = user;
  const offers: readonly (UserAction & { readonly offered: boolean })[] = [
    {
      offered: enabled && status === 'FORCE_CHANGE_PASSWORD',
      path: 'invite-again',
      label: 'Invite again',
      text: 'Mails another temporary password; the one before it is worth nothing then.',
    },
    {
      offered: enabled && (status === 'CONFIRMED' || status === 'RESET_REQUIRED') && user.emailVerified,
      path: 'reset-password',
      label: 'Reset password',
      text: 'Mails a code with which another password is to be chosen. Nobody can sign in with the old one.',
    },
    {
      offered: enabled,
      path: 'sign-out',
      label: 'Sign out everywhere',
      text: 'Ends the sessions in every browser. They may sign in again.',
    },
    {
      offered: enabled && !locksOut(actor, user, { kind: 'disable' }),
      path: 'disable',
      label: 'Disable',
      text: 'Ends the sessions, and lets nobody sign in with this account until it is enabled again.',
    },
    { offered: !enabled, path: 'enable', label: 'Enable', text: 'Lets them sign in again, as before.' },
  ];
  return offers.filter(({ offered }) => offered);
}

export function UserActions({ actor, user }: { readonly actor: User; readonly user: PoolUser }): JSX.Element {
  return (
    <section class="card" aria-labelledby="actions">
      <h2 id="actions">What can be done</h2>
      <ul class="rows">
        {actionsFor(actor, user).map(({ path, label, text }) => (
          <li key={path}>
            <p id={path}>{text}</p>
            <form method="post" action={`${userPath(user.username)}/${path}`}>
              <button class="button plain" type="submit" aria-describedby={path}>
                {label}
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}
