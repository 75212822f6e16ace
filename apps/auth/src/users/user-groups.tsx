import { type User } from '@gatehouse/claims';
import { type JSX } from 'preact';

import { locksOut } from './lock-out.ts';
import { userPath } from './paths.ts';
import { type PoolUser } from './pool-user.ts';

export interface UserGroupsProps {
  readonly actor: User;
  readonly user: PoolUser;
  /** All groups of the pool. */
  readonly groups: readonly string[];
  readonly memberOf: readonly string[];
}

/** The groups of a user: in and out. */
export function UserGroups({ actor, user, groups, memberOf }: UserGroupsProps): JSX.Element {
  const others = groups.filter((group) => !memberOf.includes(group));
  return (
    <section class="card" aria-labelledby="groups">
      <h2 id="groups">Groups</h2>
      {memberOf.length === 0 ? (
        <p class="aside">In no group.</p>
      ) : (
        <ul class="rows">
          {memberOf.map((group) => (
            <li key={group}>
              <span class="chip">{group}</span>
              {!locksOut(actor, user, { kind: 'leave', group }) && (
                <form method="post" action={`${userPath(user.username)}/leave-group`}>
                  <input type="hidden" name="group" value={group} />
                  <button class="button quiet" type="submit" aria-label={`Take out of ${group}`}>
                    Take out
                  </button>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <form class="fields" method="post" action={`${userPath(user.username)}/join-group`}>
          <p>
            <label for="group">Another group</label>
            <select id="group" name="group" required>
              {others.map((group) => (
                <option key={group} value={group}>
                  {group}
                </option>
              ))}
            </select>
          </p>
          <button class="button plain" type="submit">
            Add
          </button>
        </form>
      )}
    </section>
  );
}
