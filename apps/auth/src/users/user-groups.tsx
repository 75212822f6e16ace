import { type User } from '@gatehouse/claims';
import { type JSX } from 'preact';

import { locksOut } from './lock-out.ts';
import { userPath } from './paths.ts';
import { type PoolUser } from './pool-user.ts';
import { type GroupList } from './user-pool.ts';

export interface UserGroupsProps {
  readonly actor: User;
  readonly user: PoolUser;
  /** Of the pool. */
  readonly groups: GroupList;
  readonly memberOf: readonly string[];
}

/** The groups of a user: in and out. */
export function UserGroups({ actor, user, groups, memberOf }: UserGroupsProps): JSX.Element {
  const others = groups.names.filter((group) => !memberOf.includes(group));
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
      {(others.length > 0 || !groups.whole) && (
        <form class="fields" method="post" action={`${userPath(user.username)}/join-group`}>
          <p>
            <label for="group">Another group</label>
            {groups.whole ? <Choice groups={others} /> : <Suggestions groups={others} />}
          </p>
          <button class="button plain" type="submit">
            Add
          </button>
        </form>
      )}
      {!groups.whole && (
        <p class="aside" id="groups-more">
          The pool has more groups than are listed. Any can be named.
        </p>
      )}
    </section>
  );
}

interface OtherGroupsProps {
  readonly groups: readonly string[];
}

function Choice({ groups }: OtherGroupsProps): JSX.Element {
  return (
    <select id="group" name="group" required>
      <Options groups={groups} />
    </select>
  );
}

/** Where there are more than a list has, any can be named. */
function Suggestions({ groups }: OtherGroupsProps): JSX.Element {
  return (
    <>
      <input id="group" name="group" list="groups-known" required aria-describedby="groups-more" autocomplete="off" />
      <datalist id="groups-known">
        <Options groups={groups} />
      </datalist>
    </>
  );
}

function Options({ groups }: OtherGroupsProps): JSX.Element {
  return (
    <>
      {groups.map((group) => (
        <option key={group} value={group}>
          {group}
        </option>
      ))}
    </>
  );
}
