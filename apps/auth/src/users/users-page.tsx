import { type User } from '@gatehouse/claims';
import { type JSX } from 'preact';

import { formatInstant } from '../ui/instant.ts';
import { Layout } from '../ui/layout.tsx';
import { listPath, userPath, usersPath } from './paths.ts';
import { Trail } from './trail.tsx';
import { type Searchable, searchable } from './user-filter.ts';
import { type UserList, type UserQuestion } from './user-pool.ts';
import { UserState } from './user-state.tsx';

export interface UsersPageProps {
  readonly actor: User;
  readonly question: UserQuestion;
  readonly list: UserList;
  readonly now: Date;
}

const fields: Readonly<Record<Searchable, string>> = { email: 'E-mail', name: 'Name', sub: 'Subject' };

/** Everybody in the pool, a page at a time, and the way in for somebody new. */
export function UsersPage({ actor, question, list, now }: UsersPageProps): JSX.Element {
  return (
    <Layout title="Users" user={actor} path={usersPath}>
      <div class="admin">
        <header class="intro">
          <Trail here="users" />
          <h1>Users</h1>
          <p class="lead">Who may come to the gate. What is changed here is written down, with who did it.</p>
        </header>
        <section class="card" aria-labelledby="find">
          <h2 id="find">{question.search === undefined ? 'Everybody' : 'Found'}</h2>
          <SearchForm question={question} />
          <UserTable list={list} now={now} />
          <Pages question={question} list={list} />
        </section>
        <InvitationForm />
      </div>
    </Layout>
  );
}

function SearchForm({ question: { search } }: Pick<UsersPageProps, 'question'>): JSX.Element {
  return (
    <form class="fields" method="get" action={usersPath} role="search">
      <p>
        <label for="by">Look for</label>
        <select id="by" name="by">
          {searchable.map((name) => (
            <option key={name} value={name} selected={name === search?.by}>
              {fields[name]}
            </option>
          ))}
        </select>
      </p>
      <p class="wide">
        <label for="search">Beginning with</label>
        <input id="search" name="search" type="search" maxLength={100} autocomplete="off" value={search?.text} />
      </p>
      <button class="button plain" type="submit">
        Search
      </button>
    </form>
  );
}

function UserTable({ list: { users }, now }: Pick<UsersPageProps, 'list' | 'now'>): JSX.Element {
  if (users.length === 0) return <p class="aside">Nobody is here.</p>;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">User</th>
          <th scope="col">State</th>
          <th scope="col" class="since">
            Since
          </th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <tr key={user.username}>
            <th scope="row">
              <a href={userPath(user.username)}>{user.email ?? user.username}</a>
              {user.name !== undefined && <small>{user.name}</small>}
            </th>
            <td>
              <UserState user={user} />
            </td>
            <td class="since">{user.createdAt && formatInstant(user.createdAt, now)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The pool leads forward alone; back is the browser's own way. */
function Pages({ question, list: { next } }: Pick<UsersPageProps, 'question' | 'list'>): JSX.Element | null {
  const { search, after } = question;
  if (next === undefined && after === undefined && search === undefined) return null;
  const searched = search === undefined ? {} : { search };
  return (
    <nav class="pages" aria-label="Pages of users">
      <ul>
        {search !== undefined && (
          <li>
            <a href={usersPath}>Everybody</a>
          </li>
        )}
        {after !== undefined && (
          <li>
            <a href={listPath(searched)}>First page</a>
          </li>
        )}
        {next !== undefined && (
          <li>
            <a href={listPath({ ...searched, after: next })} rel="next">
              Next page
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}

function InvitationForm(): JSX.Element {
  return (
    <section class="card" aria-labelledby="invite">
      <h2 id="invite">Invite somebody</h2>
      <form class="fields" method="post" action={usersPath}>
        <p class="wide">
          <label for="email">E-mail address</label>
          <input id="email" name="email" type="email" maxLength={128} autocomplete="off" required />
        </p>
        <p class="wide">
          <label for="name">Name, if known</label>
          <input id="name" name="name" type="text" maxLength={200} autocomplete="off" />
        </p>
        <button class="button primary" type="submit">
          Invite
        </button>
      </form>
      <p class="aside">They are mailed a temporary password, which nobody else sees, and choose their own with it.</p>
    </section>
  );
}
