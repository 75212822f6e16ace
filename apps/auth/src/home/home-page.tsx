import { type User } from '@gatehouse/claims';
import { type JSX } from 'preact';

import { type SessionEnd } from '../session/session-end.ts';
import { formatDistance, formatInstant } from '../ui/instant.ts';
import { Layout } from '../ui/layout.tsx';
import { SessionFact } from './session-fact.tsx';
import { Checks } from './checks.tsx';
import { displayName, initials } from './display-name.ts';

export interface HomePageProps {
  readonly user: User;
  /** Absent for a bearer token, which has no session at the load balancer. */
  readonly end?: SessionEnd | undefined;
  readonly sessionTimeoutSeconds: number;
  readonly now: Date;
}

/** The pass: who is signed in, what they belong to, until when, and why that is believed. */
export function HomePage({ user, end, sessionTimeoutSeconds, now }: HomePageProps): JSX.Element {
  const name = displayName(user);
  const age = Math.round((user.authenticatedAt.getTime() - now.getTime()) / 1000);
  return (
    <Layout title="Your pass" user={user} path="/">
      <div class="home">
        <article class="card pass" aria-labelledby="holder">
          <header>
            <span class="arch" aria-hidden="true">
              {initials(name)}
            </span>
            <div class="who">
              <p class="eyebrow">Signed in as</p>
              <h1 id="holder">{name}</h1>
              {user.email !== undefined && (
                <p class="contact">
                  {user.email !== name && <span>{user.email}</span>}
                  <EmailState verified={user.emailVerified} />
                </p>
              )}
            </div>
          </header>
          <dl class="facts">
            {/* In a pool whose users sign in by e-mail, Cognito makes the username up: it is the subject again. */}
            {user.username !== user.subject && (
              <div>
                <dt>Username</dt>
                <dd>{user.username}</dd>
              </div>
            )}
            <div>
              <dt>Groups</dt>
              <dd>
                <Groups names={user.groups} />
              </dd>
            </div>
            <div>
              <dt>Signed in</dt>
              <dd>
                <time dateTime={user.authenticatedAt.toISOString()}>{formatInstant(user.authenticatedAt, now)}</time>
                <small>{formatDistance(age)}</small>
              </dd>
            </div>
            {end && <SessionFact end={end} sessionTimeoutSeconds={sessionTimeoutSeconds} now={now} />}
          </dl>
        </article>
        <Checks user={user} />
      </div>
    </Layout>
  );
}

function EmailState({ verified }: { readonly verified: boolean }): JSX.Element {
  return verified ? <span class="chip">verified e-mail</span> : <span class="chip unsure">e-mail not verified</span>;
}

function Groups({ names }: { readonly names: readonly string[] }): JSX.Element {
  if (names.length === 0) return <>None</>;
  return (
    <ul class="chips">
      {names.map((name) => (
        <li class="chip" key={name}>
          {name}
        </li>
      ))}
    </ul>
  );
}
