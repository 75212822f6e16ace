import { callbackUrl } from '../origin.ts';
import { type Invariant, ofTypes } from './invariant.ts';
import { POOL_CLIENTS } from './types.ts';

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

/** Every app client gets tokens by authorization code and in no other way. */
export const clientGrant: Invariant = (system) =>
  ofTypes(system, POOL_CLIENTS)
    .filter(
      ({ body }) =>
        body['allowed_oauth_flows_user_pool_client'] !== true || !isOnly(body['allowed_oauth_flows'], 'code'),
    )
    .map(({ address, body }) => ({
      code: 'CLIENT_GRANT',
      address,
      what: `the app client has the grants ${JSON.stringify(body['allowed_oauth_flows']) ?? '(none)'}, or they are off`,
      why: 'the load balancer logs people in by authorization code; the implicit grant puts tokens into addresses',
      mend: 'set allowed_oauth_flows to ["code"] and allowed_oauth_flows_user_pool_client to true',
    }));

/** Every app client sends people back to the one callback of the environment's domain, spelled as browsers spell it. */
export const clientCallback: Invariant = (system) => {
  const callback = callbackUrl(system.environment);
  return ofTypes(system, POOL_CLIENTS)
    .filter(({ body }) => !isOnly(body['callback_urls'], callback) || callback !== callback.toLowerCase())
    .map(({ address, body }) => ({
      code: 'CALLBACK_MISMATCH',
      address,
      what: `the app client's callbacks are ${JSON.stringify(body['callback_urls']) ?? '(none)'}`,
      why: 'Cognito compares them exactly: a different one ends every login in redirect_mismatch, a further one takes codes elsewhere',
      mend: `set callback_urls to [${JSON.stringify(callback)}], in lower case`,
    }));
};

function isOnly(list: unknown, value: string): boolean {
  return Array.isArray(list) && list.length === 1 && list[0] === value;
}
