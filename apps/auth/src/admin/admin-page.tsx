import { type User } from '@gatehouse/claims';
import { type JSX } from 'preact';

import { type Settings } from '../settings/settings.ts';
import { Layout } from '../ui/layout.tsx';

export interface AdminPageProps {
  readonly user: User;
  readonly settings: Settings;
}

/** Whom the application trusts: what an administrator compares with the outputs of the stacks. Nothing here is secret. */
export function AdminPage({ user, settings }: AdminPageProps): JSX.Element {
  const minutes = settings.sessionTimeoutSeconds / 60;
  const trust: readonly (readonly [name: string, value: string])[] = [
    ['Load balancer', settings.albArn],
    ["Load balancer's keys", settings.albPublicKeysUrl],
    ['Issuer', settings.cognitoIssuer],
    ["Issuer's keys", settings.cognitoJwksUrl],
    ['App client', settings.cognitoClientId],
    ['Sign-in pages', settings.cognitoHostedUrl],
    ['Clients with bearer tokens', settings.bearerClientIds.join(', ') || 'none: bearer tokens are refused'],
    ['Session', `${settings.sessionCookieName}, ${Number.isInteger(minutes) ? `${minutes} min` : `${minutes * 60} s`}`],
  ];
  return (
    <Layout title="Administration" user={user} path="/admin">
      <div class="admin">
        <header class="intro">
          <p class="eyebrow">Group admins only</p>
          <h1>Administration</h1>
          <p class="lead">What this application was told at its start, and believes. Everything else it turns away.</p>
          {settings.userPoolId !== undefined && (
            <p>
              <a class="button plain" href="/admin/users">
                Users
              </a>
            </p>
          )}
        </header>
        <section class="card" aria-labelledby="trust">
          <h2 id="trust">Trusted at the gate</h2>
          <dl class="facts table">
            {trust.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <code>{value}</code>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Layout>
  );
}
