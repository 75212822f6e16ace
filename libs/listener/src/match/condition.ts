import { type Case } from '../language/from-regex.ts';
import { type Condition, type Patterns, type QueryStringValue } from '../model.ts';
import { compileGlob } from './glob.ts';
import { compileRegex } from './regex.ts';
import { type Comparable, type QueryPair, type RequestView } from './request-view.ts';
import { compileSourceIp } from './source-ip.ts';

/** Whether a request meets the condition: one of its values is enough. */
export type ConditionTest = (view: RequestView) => boolean;

/**
 * @param ruleAddress the rule's Terraform address, for errors
 * @throws RegexError
 * Source: User Guide, "Rule condition types"
 */
export function compileCondition(condition: Condition, ruleAddress: string): ConditionTest {
  switch (condition.field) {
    case 'host-header': {
      const test = compilePatterns(condition, 'insensitive');
      return (view) => test(view.host);
    }
    case 'path-pattern': {
      const test = compilePatterns(condition, 'sensitive');
      return (view) => test(view.path);
    }
    case 'http-header': {
      const name = condition.name.toLowerCase();
      const test = compilePatterns(condition, 'insensitive');
      return (view) => view.header(name).some(test);
    }
    case 'http-request-method': {
      const methods = new Set(condition.values);
      return (view) => methods.has(view.request.method);
    }
    case 'query-string': {
      const tests = condition.values.map(compileQueryValue);
      return (view) => view.query.some((pair) => tests.some((test) => test(pair)));
    }
    case 'source-ip': {
      const test = compileSourceIp(condition.values, ruleAddress);
      return (view) => test(view.source);
    }
  }
}

function compilePatterns({ values, regexValues = [] }: Patterns, letters: Case): (text: Comparable) => boolean {
  const fold = (value: string): string => (letters === 'sensitive' ? value : value.toLowerCase());
  return anyOf([
    ...values.map((value) => compileGlob(fold(value), 'plain')),
    ...regexValues.map((regex) => compileRegex(regex, letters)),
  ]);
}

function anyOf(tests: readonly ((text: string) => boolean)[]): (text: Comparable) => boolean {
  return (text) => text !== undefined && tests.some((test) => test(text));
}

function compileQueryValue({ key, value }: QueryStringValue): (pair: QueryPair) => boolean {
  const testValue = anyOf([compileGlob(value.toLowerCase(), 'escaped')]);
  if (key === undefined) return (pair) => testValue(pair.value);
  const testKey = anyOf([compileGlob(key.toLowerCase(), 'escaped')]);
  return (pair) => testKey(pair.key) && testValue(pair.value);
}
