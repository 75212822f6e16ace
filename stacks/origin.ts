import { login } from './application.ts';
import { type Environment } from './environments/index.ts';

const HTTPS_DEFAULT_PORT = 443;

/** What determines the address that people type. */
export type Addressed = Pick<Environment, 'domain' | 'ports'>;

/** The public origin, without a trailing slash. The port is said only where browsers say it in the Host header. */
export function publicOrigin({ domain, ports }: Addressed): string {
  return ports.https === HTTPS_DEFAULT_PORT ? `https://${domain}` : `https://${domain}:${ports.https}`;
}

/** The one URL to which the pool hands its answer; in lower case, as listener-authenticate-users demands. */
export function callbackUrl(environment: Addressed): string {
  return `${publicOrigin(environment)}${login.callbackPath}`;
}

/** The one URL to which the pool sends the browser after a logout. */
export function loggedOutUrl(environment: Addressed): string {
  return `${publicOrigin(environment)}${login.loggedOutPath}`;
}
