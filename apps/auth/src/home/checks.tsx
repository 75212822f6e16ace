import { type User } from '@gatehouse/claims';
import { type JSX } from 'preact';

const checks = {
  alb: [
    {
      what: 'Sent by the right load balancer',
      why: 'It signs who you are with each request. The signature holds, and names the one load balancer trusted here.',
    },
    {
      what: 'Vouched for by Cognito',
      why: 'Your access token carries the signature of the user pool. Your groups come from it, and from nowhere else.',
    },
    {
      what: 'One and the same person',
      why: 'The load balancer and the access token speak of the same subject, and neither statement has expired.',
    },
  ],
  bearer: [
    {
      what: 'Vouched for by Cognito',
      why: 'The bearer token carries the signature of the user pool, was made for a client accepted here, and is in force.',
    },
  ],
} as const satisfies Record<User['via'], unknown>;

/** Why the page believes what it shows, and the identifiers for whoever has to compare them. */
export function Checks({ user }: { readonly user: User }): JSX.Element {
  return (
    <>
      <section class="checks" aria-labelledby="checks">
        <h2 id="checks">Checked at the gate</h2>
        <ol>
          {checks[user.via].map(({ what, why }) => (
            <li key={what}>
              <Tick />
              <p>
                <strong>{what}.</strong> {why}
              </p>
            </li>
          ))}
        </ol>
      </section>
      <details class="card">
        <summary>Identifiers</summary>
        <dl class="facts table">
          <Row name="Subject" value={user.subject} />
          <Row name="Issuer" value={user.issuer} />
          <Row name="App client" value={user.clientId} />
          <Row name="Scopes" value={user.scopes.join(' ')} />
        </dl>
        <p class="aside">
          The same as data: <a href="/api/me">/api/me</a>
        </p>
      </details>
    </>
  );
}

function Row({ name, value }: { readonly name: string; readonly value: string }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code>
      </dd>
    </div>
  );
}

function Tick(): JSX.Element {
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <circle cx="12" cy="12" r="11" fill="none" stroke="currentColor" stroke-width="1.5" />
      <path
        d="m7.5 12.5 3 3 6-6.5"
        fill="none"
        stroke="currentColor"
        stroke-width="1.75"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
