import { type JSX } from 'preact';

export interface SignOutProps {
  /** How much weight the button has on its page. */
  readonly look: 'primary' | 'plain' | 'quiet';
}

/** The way out. A form, because signing out changes something, and a GET never does. */
export function SignOut({ look }: SignOutProps): JSX.Element {
  return (
    <form method="post" action="/logout">
      <button class={`button ${look}`} type="submit">
        Sign out
      </button>
    </form>
  );
}
