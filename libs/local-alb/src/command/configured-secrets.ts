import { type AuthenticateOidcAction } from '@gatehouse/listener';

/** The client of a login as a provider knows it: two actions with the same one have the same secret. */
export type ProviderClient = Pick<AuthenticateOidcAction, 'issuer' | 'tokenEndpoint' | 'clientId'>;

export function clientKey({ issuer, tokenEndpoint, clientId }: ProviderClient): string {
  return JSON.stringify([issuer, tokenEndpoint, clientId]);
}

/**
 * The client secrets that a Terraform document says itself, by {@link clientKey}: `authenticate_oidc` of a plan's planned
 * values, or of a state. `libs/listener` leaves them out of its model, which is shown to people. One that is said in two
 * ways is as good as none.
 */
export function configuredSecrets(document: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const isConfiguration = document['resource'] !== undefined;
  // Never a plan's `prior_state`: it has the secret of before.
  const said = ['planned_values', 'values', 'resources', 'resource'].find((name) => document[name] !== undefined);
  const secrets = new Map<string, string>();
  const refused = new Set<string>();
  for (const block of blocks(said === undefined ? undefined : document[said])) {
    const { issuer, token_endpoint: tokenEndpoint, client_id: clientId, client_secret: secret } = block;
    if (![issuer, tokenEndpoint, clientId, secret].every((part) => typeof part === 'string' && part !== '')) continue;
    // In a configuration a template, which Terraform has yet to fill in; elsewhere the characters themselves.
    if (isConfiguration && /[$%]\{/.test(secret as string)) continue;
    const key = clientKey({ issuer, tokenEndpoint, clientId } as ProviderClient);
    if ((secrets.get(key) ?? secret) !== secret) refused.add(key);
    secrets.set(key, secret as string);
  }
  for (const key of refused) secrets.delete(key);
  return secrets;
}

/** Every `authenticate_oidc` block below a value. */
function blocks(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: readonly [string, unknown]) => {
    const here = name === 'authenticate_oidc' ? (Array.isArray(inner) ? (inner as unknown[]) : [inner]) : [];
    return [...here.filter(isObject), ...blocks(inner)];
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
