import { ListenerError } from '../errors.ts';
import { type Listener, type ListenerRequest, type Rule } from '../model.ts';
import { compileCondition, type ConditionTest } from './condition.ts';
import { RequestView } from './request-view.ts';

interface CompiledRule {
  readonly rule: Rule;
  readonly tests: readonly ConditionTest[];
}

/** Compiled once a listener, and gone with it. */
const compiled = new WeakMap<Listener, readonly CompiledRule[]>();

function compile(listener: Listener): readonly CompiledRule[] {
  const known = compiled.get(listener);
  if (known !== undefined) return known;
  const rules = listener.rules.map((rule) => ({
    rule,
    tests: rule.conditions.map((condition) => compileCondition(condition, rule.address)),
  }));
  compiled.set(listener, rules);
  return rules;
}

/**
 * The rule that handles a request: the first, in the listener's order, all of whose conditions hold.
 *
 * - Host, header names and values, and query strings match in any case; path and method in the case written.
 * - `*` stands for any number of characters, `?` for one, in host, path, header value, and query key and value; `\*` and
 *   `\?` are the characters themselves in a query condition.
 * - A header sent several times meets a condition when one of its fields does.
 * - Text with characters outside visible ASCII meets no condition.
 * - Path and query are compared as sent: nothing is decoded or normalised.
 *
 * Source: User Guide, "Listener rules" and "Rule condition types".
 *
 * @throws ListenerError `INVALID_SOURCE_IP`, `NO_DEFAULT_RULE`
 */
export function matchRule(listener: Listener, request: ListenerRequest): Rule {
  const view = new RequestView(request);
  for (const { rule, tests } of compile(listener)) {
    if (tests.every((test) => test(view))) return rule;
  }
  throw new ListenerError('NO_DEFAULT_RULE', listener.address, {
    what: 'No rule of the listener matches, and it has no default rule',
    why: 'Every listener of AWS has one, so this is not one that was read completely',
    mend: 'Let its last rule have the priority "default" and no conditions',
  });
}
