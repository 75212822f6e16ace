import { type User } from '@gatehouse/claims';
import { type ComponentChildren, type JSX } from 'preact';

import { Notice } from '../ui/notice.tsx';
import { SignOut } from '../ui/sign-out.tsx';
import { isRefusalCode, refusals } from '../users/refusals.ts';
import { type Problem } from './problem.ts';

interface Advice {
  readonly title: string;
  readonly text: string;
  readonly actions: ComponentChildren;
}

const home = (look: 'primary' | 'plain', label: string): JSX.Element => (
  <a class={`button ${look}`} href="/">
    {label}
  </a>
);

const unverified: Advice = {
  title: 'We could not verify who you are',
  text: 'What should vouch for you was missing, has expired, or is not accepted here. Try again; if that does not help, sign out and sign in afresh.',
  actions: (
    <>
      {home('primary', 'Try again')}
      <SignOut look="plain" />
    </>
  ),
};

const notYours: Advice = {
  title: 'This page is not open to your account',
  text: 'You are signed in, but your account is not in a group that may see it. Ask an administrator to add you, then sign out and in again, or use another account.',
  actions: (
    <>
      {home('primary', 'Back to your pass')}
      <SignOut look="plain" />
    </>
  ),
};

const foreignOrigin: Advice = {
  title: 'That did not come from here',
  text: 'The request was made by another site, or your browser did not say where it came from, so nothing was done. You can do it from here.',
  actions: (
    <>
      {home('primary', 'Back to your pass')}
      <a class="button plain" href="/logout">
        Go to sign out
      </a>
    </>
  ),
};

const missing: Advice = {
  title: 'There is no such page',
  text: 'The address may be mistyped, or the page has moved.',
  actions: home('primary', 'Back to your pass'),
};

const unavailable: Advice = {
  title: 'Please try again in a moment',
  text: 'Something needed to verify who you are cannot be reached right now. Nothing is wrong with your account.',
  actions: (
    <>
      {home('primary', 'Try again')}
      <SignOut look="plain" />
    </>
  ),
};

const tooMany: Advice = {
  title: 'That was too much at once',
  text: 'More was asked for in the last minute than one account may. Wait a moment, then go on.',
  actions: home('primary', 'Back to your pass'),
};

const malformed: Advice = {
  title: 'That request made no sense here',
  text: 'It was not understood, so nothing was done.',
  actions: home('primary', 'Back to your pass'),
};

const failed: Advice = {
  title: 'Something went wrong',
  text: 'It is not your doing, and it has been noted. Try again in a moment.',
  actions: home('primary', 'Back to your pass'),
};

const toUsers = (
  <a class="button primary" href="/admin/users">
    To the users
  </a>
);

function advise({ status, code }: Problem): Advice {
  if (isRefusalCode(code)) return { ...refusals[code], actions: toUsers };
  if (status === 401) return unverified;
  if (status === 403) return code === 'ORIGIN_REFUSED' ? foreignOrigin : notYours;
  if (status === 404) return missing;
  if (status === 429) return tooMany;
  if (status === 503) return unavailable;
  return status < 500 ? malformed : failed;
}

export interface ErrorPageProps {
  readonly problem: Problem;
  readonly user?: User | undefined;
}

/** An error for a person: what happened in their terms, and what they can do. */
export function ErrorPage({ problem, user }: ErrorPageProps): JSX.Element {
  const { title, text, actions } = advise(problem);
  return (
    <Notice
      title={title}
      gate="lowered"
      refused={problem.status === 401 || problem.status === 403}
      user={user}
      actions={actions}
      reference={`${problem.status} ${problem.code}`}
    >
      <p>{text}</p>
    </Notice>
  );
}
