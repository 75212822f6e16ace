import { type User } from '@gatehouse/claims';
import { type ComponentChildren, type JSX } from 'preact';

import { formatInstant } from '../ui/instant.ts';
import { Layout } from '../ui/layout.tsx';
import { UserActions } from './user-actions.tsx';
import { usersPath } from './paths.ts';
import { type PoolUser } from './pool-user.ts';
import { Trail } from './trail.tsx';
import { UserGroups } from './user-groups.tsx';
import { type GroupList } from './user-pool.ts';
import { UserState } from './user-state.tsx';

export interface UserPageProps {
  readonly actor: User;
  readonly user: PoolUser;
  /** Of the pool. */
  readonly groups: GroupList;
  readonly memberOf: readonly string[];
  /** What has just been done. */
  readonly notice: string | undefined;
  readonly now: Date;
}

/** A user, and what can be done with them. */
export function UserPage({ actor, user, groups, memberOf, notice, now }: UserPageProps): JSX.Element {
  const title = user.email ?? user.username;
  return (
    <Layout title={title} user={actor} path={usersPath}>
      <div class="admin">
        <header class="intro">
          <Trail here="user" />
          <h1>{title}</h1>
          {notice !== undefined && (
            <p class="done" role="status">
              {notice}
            </p>
          )}
        </header>
        <section class="card" aria-labelledby="facts">
          <h2 id="facts">Account</h2>
          <dl class="facts table">
            <Fact name="State">
              <UserState user={user} />
            </Fact>
            {user.name !== undefined && <Fact name="Name">{user.name}</Fact>}
            {user.email !== undefined && (
              <Fact name="E-mail">
                {user.email} {user.emailVerified ? '(verified)' : '(not verified)'}
              </Fact>
            )}
            <Fact name="Subject">
              <code>{user.subject}</code>
            </Fact>
            {user.username !== user.subject && (
              <Fact name="Username">
                <code>{user.username}</code>
              </Fact>
            )}
            {user.createdAt !== undefined && <Fact name="Since">{formatInstant(user.createdAt, now)}</Fact>}
            {user.changedAt !== undefined && <Fact name="Changed">{formatInstant(user.changedAt, now)}</Fact>}
          </dl>
        </section>
        <UserGroups actor={actor} user={user} groups={groups} memberOf={memberOf} />
        <UserActions actor={actor} user={user} />
      </div>
    </Layout>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
