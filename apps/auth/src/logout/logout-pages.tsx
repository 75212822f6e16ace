import { type JSX } from 'preact';

import { Notice } from '../ui/notice.tsx';
import { SignOut } from '../ui/sign-out.tsx';

/** Asks before signing out: what a GET of the logout address gets. */
export function SignOutPage(): JSX.Element {
  return (
    <Notice
      title="Sign out?"
      gate="raised"
      actions={
        <>
          <SignOut look="primary" />
          <a class="button plain" href="/">
            Stay signed in
          </a>
        </>
      }
    >
      <p>This ends your session here and at the login page.</p>
    </Notice>
  );
}

/** Where Cognito sends the browser after its own logout. Nobody is signed in here, so it knows nobody. */
export function SignedOutPage(): JSX.Element {
  return (
    <Notice
      title="You are signed out"
      gate="lowered"
      actions={
        <a class="button primary" href="/">
          Sign in again
        </a>
      }
    >
      <p>Your session here and at the login page has ended. On a shared computer, close the browser as well.</p>
    </Notice>
  );
}
