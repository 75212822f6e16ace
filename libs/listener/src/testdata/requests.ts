import { type Condition, type Listener, type ListenerRequest, type Rule } from '../model.ts';

export function request(changes: Partial<ListenerRequest> = {}): ListenerRequest {
  return {
    method: 'GET',
    host: 'app.example.com',
    path: '/',
    query: '',
    headers: [],
    sourceIp: '192.0.2.1',
    ...changes,
  };
}

/** A listener whose rules have these conditions, in this order, named `rule.0`, `rule.1`…, before its default rule. */
export function listenerOf(...conditions: readonly (readonly Condition[])[]): Listener {
  const rules = conditions.map((all, index): Rule => ({
    address: `rule.${index}`,
    priority: index + 1,
    conditions: all,
    actions: [],
  }));
  return {
    address: 'listener',
    arn: 'listener',
    port: 443,
    protocol: 'HTTPS',
    rules: [...rules, { address: 'listener', priority: 'default', conditions: [], actions: [] }],
  };
}
