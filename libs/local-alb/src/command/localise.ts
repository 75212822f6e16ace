import { type Action, type AuthenticateOidcAction, type LoadBalancer } from '@gatehouse/listener';

import { LocalAlbError } from '../errors.ts';

export interface LocaliseOptions {
  readonly ports: ReadonlyMap<number, number>;
  /** The app client, where the configuration only refers to one that is not made yet. */
  readonly clientId?: string;
}

/**
 * The load balancer as it can run here: on ports that every user may take, and with an ARN where Terraform does not know
 * one yet.
 *
 * @throws {LocalAlbError} `CONFIGURATION_UNUSABLE`
 */
export function localise(loadBalancer: LoadBalancer, { ports, clientId }: LocaliseOptions): LoadBalancer {
  const portOf = (port: number): number => ports.get(port) ?? (port < 1024 ? port + 8000 : port);
  const served = new Map(loadBalancer.listeners.map(({ port }) => [String(port), String(portOf(port))]));
  const action = (one: Action): Action => {
    if (one.type === 'redirect') return { ...one, port: served.get(one.port) ?? one.port };
    if (one.type === 'authenticate-oidc') refuseUnknown(one);
    if (one.type !== 'authenticate-cognito' || !one.userPoolClientId.includes('${')) return one;
    if (clientId !== undefined) return { ...one, userPoolClientId: clientId };
    throw new LocalAlbError(
      'CONFIGURATION_UNUSABLE',
      `The app client ${one.userPoolClientId} is not known before it is applied, so nobody could sign in. Give its "clientId" in the file of --user-pool, or pass the state ("terraform show -json") once it is applied.`,
    );
  };
  return {
    ...loadBalancer,
    arn: loadBalancer.arn.includes('${') ? plannedArn(loadBalancer) : loadBalancer.arn,
    listeners: loadBalancer.listeners.map((listener) => ({
      ...listener,
      port: portOf(listener.port),
      rules: listener.rules.map((rule) => ({ ...rule, actions: rule.actions.map(action) })),
    })),
  };
}

function refuseUnknown(action: AuthenticateOidcAction): void {
  const names = ['issuer', 'authorizationEndpoint', 'tokenEndpoint', 'userInfoEndpoint', 'clientId'] as const;
  const unknown = names.find((name) => action[name].includes('${'));
  if (unknown === undefined) return;
  throw new LocalAlbError(
    'CONFIGURATION_UNUSABLE',
    `The ${unknown} ${action[unknown]} of a login is not known yet, so nobody could sign in. Pass the plan, or the state once it is applied ("terraform show -json").`,
  );
}

/** Of the right form, and of no account. */
function plannedArn({ name }: LoadBalancer): string {
  const known = name.includes('${') ? 'local' : name;
  return `arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/${known}/0123456789abcdef`;
}
