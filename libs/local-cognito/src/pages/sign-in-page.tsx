/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import { type JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { csrfField } from '../http/csrf.ts';
import { type Identifier, type SignInSettings } from '../settings/user-pool-settings.ts';
import { Layout } from './layout.tsx';

export interface SignInPageProps {
  readonly poolId: string;
  readonly poolName: string;
  /** Host of the application that asked for the login. */
  readonly application: string;
  readonly identifiers: SignInSettings['identifiers'];
  /** Where the form goes: the login page with the parameters it was asked with. */
  readonly action: string;
  /** Page for those who forgot their password. */
  readonly forgotPassword: string;
  /** Page for newcomers; absent when the pool takes none. */
  readonly signUp?: string;
  readonly csrf: string;
  /** Who is signed in already, and may go on with a click. */
  readonly signedInAs?: string;
  /** Set when a first try failed: what to say, and what had been typed. */
  readonly failure?: { readonly message: string; readonly identifier: string };
}

const labels: Readonly<Record<Identifier, string>> = {
  username: 'Username',
  email: 'Email',
  phone_number: 'Phone number',
  preferred_username: 'Preferred username',
};

/** The login page. Names of the fields are those of Cognito's classic page, which scripts know. */
function SignInPage(props: SignInPageProps): JSX.Element {
  const { identifiers, failure } = props;
  const label = identifiers.map((kind) => labels[kind]).join(' or ');
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
      {props.signedInAs !== undefined && (
        <form method="post" action={props.action}>
          <input type="hidden" name={csrfField} value={props.csrf} />
          <button type="submit" name="signInAs" value="true">
            Sign in as {props.signedInAs}
          </button>
          <p class="or">or as somebody else</p>
        </form>
      )}
      <form name="cognitoSignInForm" method="post" action={props.action}>
        <input type="hidden" name={csrfField} value={props.csrf} />
        <label for="signInFormUsername">{label}</label>
        <input
          id="signInFormUsername"
          name="username"
          type="text"
          inputmode={identifiers.every((kind) => kind === 'email') ? 'email' : 'text'}
          autocomplete="username"
          autocapitalize="none"
          autocorrect="off"
          spellcheck={false}
          required
          autofocus={!failure && props.signedInAs === undefined}
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
      <p class="links">
        <a href={props.forgotPassword}>Forgot your password?</a>
        {props.signUp !== undefined && <a href={props.signUp}>Sign up</a>}
      </p>
    </Layout>
  );
}

export function renderSignInPage(props: SignInPageProps): string {
  return renderToString(<SignInPage {...props} />);
}
