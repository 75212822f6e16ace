import { type Listener, type Rule } from '../model.ts';
import { compileCondition, type ConditionTest } from './condition.ts';
import { type RequestView } from './request-view.ts';

/** A rule, ready to be asked whether a request meets it. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly tests: readonly ConditionTest[];
}

/** Compiled once a listener, and gone with it. */
const compiled = new WeakMap<Listener, readonly CompiledRule[]>();

/** The listener's rules in their order. */
export function compiledRules(listener: Listener): readonly CompiledRule[] {
  const known = compiled.get(listener);
  if (known !== undefined) return known;
  const rules = listener.rules.map((rule) => ({
    rule,
    tests: rule.conditions.map((condition) => compileCondition(condition, rule.address)),
  }));
  compiled.set(listener, rules);
  return rules;
}

/** Whether all conditions of the rule hold. */
export function meets(view: RequestView, { tests }: CompiledRule): boolean {
  for (const test of tests) if (!test(view)) return false;
  return true;
}
