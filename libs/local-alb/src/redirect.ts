import { type RedirectAction } from '@gatehouse/listener';

import { type AlbRequest } from './alb-request.ts';

/**
 * Where a redirect action sends a request. The port is always written, as AWS does.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html
 * ("Redirect actions"): `#{path}` comes without its leading "/", and nothing is percent-encoded again.
 */
export function redirectLocation(action: RedirectAction, request: AlbRequest): string {
  const values: Readonly<Record<string, string>> = {
    protocol: request.scheme,
    host: request.host,
    port: String(request.listenerPort),
    path: request.path.slice(1),
    query: request.query,
  };
  // One pass: a placeholder that came in with the request is text, not a placeholder.
  const fill = (template: string): string =>
    template.replace(/#\{(protocol|host|port|path|query)\}/g, (_, name: string) => values[name] ?? '');
  const query = fill(action.query);
  const address = `${fill(action.protocol).toLowerCase()}://${fill(action.host)}:${fill(action.port)}${fill(action.path)}`;
  return query === '' ? address : `${address}?${query}`;
}
