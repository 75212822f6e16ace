import { type JSX } from 'preact';

import { usersPath } from './paths.ts';

/** The way back up. */
export function Trail({ here }: { readonly here: 'users' | 'user' }): JSX.Element {
  return (
    <nav class="trail" aria-label="Way back">
      <ul>
        <li>
          <a href="/admin">Administration</a>
        </li>
        {here === 'user' && (
          <li>
            <a href={usersPath}>Users</a>
          </li>
        )}
      </ul>
    </nav>
  );
}
