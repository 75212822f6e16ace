import { type Condition, type Listener, type Rule } from '../model.ts';
import { type ApplicationRoute } from './application-route.ts';

/** An application as if it were a listener: its routes are the rules, and each forwards to a target of its own. */
export function applicationListener(routes: readonly ApplicationRoute[], like: Listener): Listener {
  const rules = routes.map(({ methods, paths }, index): Rule => {
    const path: Condition = { field: 'path-pattern', values: [], regexValues: paths };
    const method: readonly Condition[] =
      methods === 'ALL' ? [] : [{ field: 'http-request-method', values: [...methods] }];
    return { address: String(index), priority: index + 1, conditions: [path, ...method], actions: forwardTo(index) };
  });
  const otherwise: Rule = { address: noRoute, priority: 'default', conditions: [], actions: forwardTo(noRoute) };
  return { address: noRoute, arn: '', port: like.port, protocol: like.protocol, rules: [...rules, otherwise] };
}

/** The address of what answers where there is no route. */
export const noRoute = 'no route';

function forwardTo(name: number | string): Rule['actions'] {
  return [{ type: 'forward', targetGroups: [{ arn: `application:${name}`, weight: 1 }] }];
}
