import { styleText } from 'node:util';

import { type SeedUser } from './seed-users.ts';

export interface Banner {
  readonly url: string;
  readonly hostedUrl: string;
  readonly poolId: string;
  readonly inboxUrl: string;
  readonly applicationUrl: string;
  readonly inspectorUrl: string;
  readonly administration: { readonly url: string; readonly tokenFile: string };
  readonly users: readonly SeedUser[];
  readonly caFile: string;
  readonly platform: NodeJS.Platform;
  readonly seconds: number;
}

/** Of the users who can sign in. */
const MOST_USERS = 10;

/** What a person needs to know once everything is ready. */
export function banner(said: Banner): string {
  const {
    url,
    hostedUrl,
    poolId,
    inboxUrl,
    applicationUrl,
    inspectorUrl,
    administration,
    users,
    caFile,
    platform,
    seconds,
  } = said;
  return [
    '',
    `${styleText('bold', 'Gatehouse is ready')} ${styleText('dim', `after ${seconds.toFixed(1)} s`)}`,
    '',
    row('Open', [styleText(['bold', 'underline'], url)]),
    row('Sign in', people(users)),
    row('User pool', [
      `${hostedUrl} ${styleText('dim', `(${poolId}; by the AWS CLI: docs/reference/local-cognito.md)`)}`,
    ]),
    row('Inbox', [inboxUrl, styleText('dim', '(codes and invitations, which are printed here too: nothing is sent)')]),
    row('Application', [
      `${applicationUrl} ${styleText('dim', '(behind the load balancer: answers 401 to all else)')}`,
    ]),
    row('Inspector', [
      `${inspectorUrl} ${styleText('dim', '(each request as it passes, with its rule and its login)')}`,
    ]),
    row('Faults', [
      `Such as a user pool that is down (docs/reference/local-alb.md); {} mends all:`,
      faultCommand(administration),
    ]),
    row('Certificate', [
      'Made on this machine, so the browser warns. Go on past the warning, or trust it once:',
      trustCommand(caFile, platform),
    ]),
    row('Edit', ['apps/auth or stacks: live within seconds, without a new login.']),
    row('Stop', ['Ctrl-C']),
    '',
  ].join('\n');
}

/** The first users of the seed file: somebody may serve a hundred thousand. */
function people(users: readonly SeedUser[]): readonly string[] {
  const shown = users.slice(0, MOST_USERS);
  const width = Math.max(...shown.map(({ email }) => email.length));
  const passwordWidth = Math.max(...shown.map(({ password }) => password.length));
  const lines = shown.map(
    ({ email, password, groups }) =>
      `${email.padEnd(width)}  ${password.padEnd(passwordWidth)}  ${styleText('dim', groups.join(', ') || 'no group')}`,
  );
  const more = users.length - shown.length;
  return more === 0 ? lines : [...lines, styleText('dim', `and ${more.toLocaleString('en')} more of the users file`)];
}

/** Names the token's file, and never the token. */
function faultCommand({ url, tokenFile }: Banner['administration']): string {
  return `curl -X PUT -H "Authorization: Bearer $(cat '${tokenFile}')" -d '{"userPool":"down"}' ${url}/faults`;
}

/** How the certificate authority is trusted by the browsers of a platform. */
export function trustCommand(caFile: string, platform: NodeJS.Platform): string {
  switch (platform) {
    case 'darwin':
      return `security add-trusted-cert -k ~/Library/Keychains/login.keychain-db "${caFile}"`;
    case 'win32':
      return `certutil -user -addstore Root "${caFile}"`;
    default:
      return `certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n gatehouse-local -i "${caFile}"`;
  }
}

function row(label: string, lines: readonly string[]): string {
  return lines.map((line, index) => `  ${styleText('dim', (index === 0 ? label : '').padEnd(12))} ${line}`).join('\n');
}
