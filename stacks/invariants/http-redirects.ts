import { type Block, blocks } from '../terraform/synthesized.ts';
import { type Invariant, ofTypes, type System } from './invariant.ts';
import { LISTENER_RULES, LISTENERS } from './types.ts';

/** Without TLS the load balancer says one thing: come back with it. */
export const httpRedirects: Invariant = (system) => [
  ...ofTypes(system, LISTENERS)
    .filter(({ body }) => !isEncrypted(body) && !redirects(system, blocks(body, 'default_action')))
    .map(({ address }) => ({ ...violation, address, what: 'the listener speaks HTTP and does more than redirect' })),
  ...ofTypes(system, LISTENER_RULES)
    .filter(({ stack, body }) => {
      const listener = system.references.resource(stack, body['listener_arn'], ['arn', 'id']);
      return !(listener && isEncrypted(listener.body)) && !redirects(system, blocks(body, 'action'));
    })
    .map(({ address }) => ({
      ...violation,
      address,
      what: 'the rule does more than redirect, and its listener speaks HTTP or is not one of these stacks',
    })),
];

const violation = {
  code: 'HTTP_NOT_REDIRECTED',
  why: 'session cookies and tokens would pass in the clear, and a load balancer cannot authenticate over HTTP',
  mend: 'leave it one action: a redirect to protocol HTTPS at the port of the HTTPS listener',
} as const;

function isEncrypted(listener: Block): boolean {
  return listener['protocol'] === 'HTTPS';
}

function redirects({ environment }: System, actions: readonly Block[]): boolean {
  return (
    actions.length === 1 &&
    actions.every((action) => {
      const [redirect, ...more] = blocks(action, 'redirect');
      if (action['type'] !== 'redirect' || !redirect || more.length > 0) return false;
      return redirect['protocol'] === 'HTTPS' && String(redirect['port']) === String(environment.ports.https);
    })
  );
}
