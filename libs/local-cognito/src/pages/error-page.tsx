/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import { type JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { Layout } from './layout.tsx';

export interface ErrorPageProps {
  readonly poolId: string;
  readonly poolName: string;
  /** Code of the error, as it came; one that is not known is not shown. */
  readonly error: string;
  /** The app client that sent the browser here, when the pool has it. */
  readonly client?: { readonly id: string; readonly name: string };
}

/** What each error means to the developer who reads it. */
const explanations: ReadonlyMap<string, string> = new Map([
  ['csrf', 'The form was sent from another page, or its cookie is gone. Go back, reload the login page and try again.'],
  ['form_unreadable', 'The form could not be read: it is too large, or not a form.'],
  ['inbox_key', 'The inbox opens with the address that was printed when the pool was started.'],
  ['invalid_request', 'A parameter of the request is missing or wrong.'],
  ['logout_mismatch', 'The sign-out URL is not exactly one of those allowed for the app client.'],
  ['method_not_allowed', 'The address does not answer to this method.'],
  ['not_found', 'There is no page at this address.'],
  ['redirect_mismatch', 'The callback URL is not exactly one of those allowed for the app client.'],
  ['server_error', 'The pool failed. Its log says more.'],
  ['sign_up_off', 'The user pool takes nobody who signs up: an administrator makes its accounts.'],
  ['unauthorized_client', 'The app client is unknown to the user pool.'],
]);

function ErrorPage({ poolId, poolName, error, client }: ErrorPageProps): JSX.Element {
  const explanation = explanations.get(error);
  return (
    <Layout title="Error" poolId={poolId} poolName={poolName}>
      <h1>An error was encountered with the requested page.</h1>
      {explanation !== undefined && <p class="lead">{explanation}</p>}
      {explanation !== undefined && (
        <dl>
          <dt>Error</dt>
          <dd>
            <code>{error}</code>
          </dd>
          {client && (
            <>
              <dt>App client</dt>
              <dd>
                {client.name} <code>{client.id}</code>
              </dd>
            </>
          )}
        </dl>
      )}
    </Layout>
  );
}

export function renderErrorPage(props: ErrorPageProps): string {
  return renderToString(<ErrorPage {...props} />);
}
