import { callbackUrl } from '../origin.ts';
import { type Block } from '../terraform/synthesized.ts';
import { type Invariant, ofTypes, type System } from './invariant.ts';
import { POOL_CLIENTS } from './types.ts';

const CODE = 'code';
const MACHINE = 'client_credentials';
const REFRESH = 'ALLOW_REFRESH_TOKEN_AUTH';

/** Every app client has a secret: the load balancer takes no other, and a code alone is then worth nothing. */
export const clientSecret: Invariant = (system) =>
  ofTypes(system, POOL_CLIENTS)
    .filter(({ body }) => body['generate_secret'] !== true)
    .map(({ address }) => ({
      code: 'CLIENT_WITHOUT_SECRET',
      address,
      what: 'the app client has no secret',
      why: 'the load balancer refuses such a client, and anybody could redeem a code that leaks',
      mend: 'set generate_secret to true',
    }));

/** Every app client gets tokens in one way: by authorization code or, where the environment has machines, for itself. */
export const clientGrant: Invariant = (system) =>
  ofTypes(system, POOL_CLIENTS)
    .filter(
      ({ body }) =>
        body['allowed_oauth_flows_user_pool_client'] !== true ||
        !(isOnly(body['allowed_oauth_flows'], CODE) || isMachine(system, body)),
    )
    .map(({ address, body }) => ({
      code: 'CLIENT_GRANT',
      address,
      what: `the app client has the grants ${JSON.stringify(body['allowed_oauth_flows']) ?? '(none)'}, or they are off`,
      why: 'the load balancer logs people in by authorization code; the implicit grant puts tokens into addresses, and a program that gets tokens for itself must be meant',
      mend: `set allowed_oauth_flows to ["${CODE}"] and allowed_oauth_flows_user_pool_client to true; for programs, to ["${MACHINE}"] alone with machines in the environment`,
    }));

/** No app client logs people in by API: it would go around the hosted login, and what that asks for. */
export const clientApiLogin: Invariant = (system) =>
  ofTypes(system, POOL_CLIENTS)
    .filter(({ body }) => !isOnly(body['explicit_auth_flows'], REFRESH))
    .map(({ address, body }) => ({
      code: 'CLIENT_API_LOGIN',
      address,
      what: `the app client's explicit_auth_flows are ${JSON.stringify(body['explicit_auth_flows']) ?? '(left out)'}`,
      why: 'left out, Cognito lets the client log people in by API (ALLOW_USER_SRP_AUTH, ALLOW_CUSTOM_AUTH), past the login page',
      mend: `set explicit_auth_flows to ["${REFRESH}"]`,
    }));

/**
 * Every app client of people sends them back to the one callback of the environment's domain, spelled as browsers spell
 * it; a client of machines sends nobody anywhere.
 */
export const clientCallback: Invariant = (system) => {
  const callback = callbackUrl(system.environment);
  return ofTypes(system, POOL_CLIENTS)
    .filter(({ body }) =>
      isMachine(system, body)
        ? !isNone(body['callback_urls']) || !isNone(body['logout_urls'])
        : !isOnly(body['callback_urls'], callback) || callback !== callback.toLowerCase(),
    )
    .map(({ address, body }) => ({
      code: 'CALLBACK_MISMATCH',
      address,
      what: `the app client's callbacks are ${JSON.stringify(body['callback_urls']) ?? '(none)'}`,
      why: 'Cognito compares them exactly: a different one ends every login in redirect_mismatch, a further one takes codes elsewhere, and programs have no browser to send',
      mend: isMachine(system, body)
        ? 'leave callback_urls and logout_urls out'
        : `set callback_urls to [${JSON.stringify(callback)}], in lower case`,
    }));
};

/** A client of machines asks for scopes of an API and for none of those that belong to people. */
export const machineScopes: Invariant = (system) =>
  ofTypes(system, POOL_CLIENTS)
    .filter(({ body }) => isMachine(system, body) && !areOfApi(body['allowed_oauth_scopes']))
    .map(({ address, body }) => ({
      code: 'MACHINE_SCOPES',
      address,
      what: `the scopes of the machine client are ${JSON.stringify(body['allowed_oauth_scopes']) ?? '(none)'}`,
      why: 'openid, email, profile and aws.cognito.signin.user.admin are about a person, whom a program is not',
      mend: 'name scopes of the resource server, each as <identifier>/<scope>',
    }));

function isMachine({ environment }: System, client: Block): boolean {
  return environment.machines !== null && isOnly(client['allowed_oauth_flows'], MACHINE);
}

function areOfApi(scopes: unknown): boolean {
  return Array.isArray(scopes) && scopes.length > 0 && scopes.every((scope) => /^.+\/[^/]+$/.test(String(scope)));
}

function isOnly(list: unknown, value: string): boolean {
  return Array.isArray(list) && list.length === 1 && list[0] === value;
}

function isNone(list: unknown): boolean {
  return list === undefined || (Array.isArray(list) && list.length === 0);
}
