/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import { type JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { csrfField } from '../http/csrf.ts';
import { type SignInSettings } from '../settings/user-pool-settings.ts';
import { Layout } from './layout.tsx';

export interface SignInPageProps {
  readonly poolId: string;
  readonly poolName: string;
  /** Host of the application that asked for the login. */
  readonly application: string;
  readonly identifiers: SignInSettings['identifiers'];
  /** Where the form goes: the login page with the parameters it was asked with. */
  readonly action: string;
  readonly csrf: string;
  /** Set when a first try failed: what to say, and what had been typed. */
  readonly failure?: { readonly message: string; readonly identifier: string };
}

/** The login page. Names of the fields are those of Cognito's classic page, which scripts know. */
function SignInPage(props: SignInPageProps): JSX.Element {
  const { identifiers, failure } = props;
  const label = identifiers.map((kind) => (kind === 'email' ? 'Email' : 'Username')).join(' or ');
  const invalid = failure ? { 'aria-invalid': true, 'aria-describedby': 'failure' } : {};
  return (
    <Layout title="Sign in" poolId={props.poolId} poolName={props.poolName}>
      <h1>Sign in</h1>
      <p class="lead">
        to continue to <strong>{props.application}</strong>
      </p>
      {failure && (
        <p class="alert" id="failure" role="alert">
          {failure.message}
        </p>
      )}
      <form name="cognitoSignInForm" method="post" action={props.action}>
        <input type="hidden" name={csrfField} value={props.csrf} />
        <label for="signInFormUsername">{label}</label>
        <input
          id="signInFormUsername"
          name="username"
          type="text"
          inputmode={identifiers.includes('username') ? 'text' : 'email'}
          autocomplete="username"
          autocapitalize="none"
          autocorrect="off"
          spellcheck={false}
          required
          autofocus={!failure}
          value={failure?.identifier}
          {...invalid}
        />
        <label for="signInFormPassword">Password</label>
        <input
          id="signInFormPassword"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          autofocus={Boolean(failure)}
          {...invalid}
        />
        <button type="submit" name="signInSubmitButton" value="Sign in">
          Sign in
        </button>
      </form>
    </Layout>
  );
}

export function renderSignInPage(props: SignInPageProps): string {
  return renderToString(<SignInPage {...props} />);
}
