import { type Condition, type Listener, matchRule, type Rule } from '@gatehouse/listener';

import { type AlbRequest } from '../alb-request.ts';

/** What a rule had to do with a request. */
export interface RuleVerdict {
  readonly address: string;
  readonly priority: Rule['priority'];
  readonly verdict: 'matched' | 'passed over' | 'not asked';
  /** Why it was passed over: the first condition that does not hold. */
  readonly because?: string;
}

/** Which rule matched a request, and why those before it did not. */
export function explainRules(
  listener: Listener,
  request: AlbRequest,
  matched: Rule | undefined,
): readonly RuleVerdict[] {
  const end = matched === undefined ? -1 : listener.rules.indexOf(matched);
  return listener.rules.map((rule, index): RuleVerdict => {
    const { address, priority } = rule;
    if (index === end) return { address, priority, verdict: 'matched' };
    if (index > end) return { address, priority, verdict: 'not asked' };
    const failing = rule.conditions.find((condition) => !holds(condition, listener, request));
    return {
      address,
      priority,
      verdict: 'passed over',
      ...(failing === undefined ? {} : { because: describe(failing, request) }),
    };
  });
}

/** A condition in words, such as `path-pattern is /admin/*`. */
export function conditionText(condition: Condition): string {
  switch (condition.field) {
    case 'http-header':
      return `header ${condition.name} is ${patterns(condition)}`;
    case 'query-string':
      return `query-string has ${condition.values.map(({ key, value }) => (key === undefined ? value : `${key}=${value}`)).join(' or ')}`;
    default:
      return `${condition.field} is ${patterns(condition)}`;
  }
}

/** Values, and regular expressions where the listener knows them. */
function patterns(condition: { readonly values: readonly string[]; readonly regexValues?: readonly string[] }): string {
  return [...condition.values, ...(condition.regexValues ?? []).map((regex) => `/${regex}/`)].join(' or ');
}

function describe(condition: Condition, request: AlbRequest): string {
  const text = conditionText(condition);
  switch (condition.field) {
    case 'host-header':
      return `${text}; the host is ${request.host}`;
    case 'path-pattern':
      return `${text}; the path is ${request.path}`;
    case 'http-request-method':
      return `${text}; the method is ${request.method}`;
    case 'source-ip':
      return `${text}; the client is ${request.sourceIp}`;
    // What the request has there may be long, or nobody's business.
    case 'http-header':
    case 'query-string':
      return `${text}; the request has none that fits`;
  }
}

const alone = new WeakMap<Condition, { readonly listener: Listener; readonly rule: Rule }>();

/** The matching is that of the load balancer: a listener with this one condition is asked. */
function holds(condition: Condition, { address, arn, port, protocol }: Listener, request: AlbRequest): boolean {
  let known = alone.get(condition);
  if (known === undefined) {
    const rule: Rule = { address, priority: 1, conditions: [condition], actions: [] };
    const otherwise: Rule = { address, priority: 'default', conditions: [], actions: [] };
    known = { listener: { address, arn, port, protocol, rules: [rule, otherwise] }, rule };
    alone.set(condition, known);
  }
  return matchRule(known.listener, request) === known.rule;
}
