import { ListenerError } from '../errors.ts';
import { countWildcards } from '../match/glob.ts';
import { type Condition } from '../model.ts';

/** Source: User Guide, "Quotas": condition values and condition wildcards of a rule. */
const limits = { values: 5, wildcards: 5 } as const;

/**
 * Source: User Guide, "Condition basics".
 *
 * @throws ListenerError `DUPLICATE_CONDITION`
 */
export function refuseRepeatedConditions(conditions: readonly Condition[], address: string): void {
  const once = conditions
    .map(({ field }) => field)
    .filter((field) => field !== 'http-header' && field !== 'query-string');
  const repeated = once.find((field, index) => once.indexOf(field) !== index);
  if (repeated === undefined) return;
  throw new ListenerError('DUPLICATE_CONDITION', address, {
    field: 'condition',
    what: `It has more than one ${repeated} condition`,
    why: 'AWS accepts one a rule; only http-header and query-string may be repeated',
    mend: 'List the alternatives as values of one condition',
  });
}

/**
 * Only the sums over the rule are checked. The guide also says "three match evaluations per condition", but what the API
 * is reported to answer is "A rule can only have '5' condition values" (aws/aws-cdk#10065, for six paths in one
 * condition), and the CDK accepts five in one. What AWS may accept is not refused here.
 *
 * @throws ListenerError `LIMIT_EXCEEDED`
 */
export function refuseTooManyValues(conditions: readonly Condition[], address: string): void {
  const values = conditions.reduce((sum, condition) => sum + valuesIn(condition), 0);
  const wildcards = conditions.reduce((sum, condition) => sum + wildcardsIn(condition), 0);
  for (const [count, limit, noun] of [
    [values, limits.values, 'values'],
    [wildcards, limits.wildcards, 'wildcards'],
  ] as const) {
    if (count > limit) {
      throw new ListenerError('LIMIT_EXCEEDED', address, {
        field: 'condition',
        what: `Its conditions have ${count} ${noun} together`,
        why: `AWS accepts at most ${limit} a rule`,
        mend: 'Split it into several rules',
      });
    }
  }
}

function valuesIn(condition: Condition): number {
  return condition.values.length + ('regexValues' in condition ? condition.regexValues.length : 0);
}

function wildcardsIn(condition: Condition): number {
  switch (condition.field) {
    case 'host-header':
    case 'path-pattern':
    case 'http-header':
      return condition.values.reduce((sum, pattern) => sum + countWildcards(pattern, 'plain'), 0);
    case 'query-string':
      return condition.values.reduce(
        (sum, { key, value }) => sum + countWildcards(key ?? '', 'escaped') + countWildcards(value, 'escaped'),
        0,
      );
    case 'http-request-method':
    case 'source-ip':
      return 0;
  }
}
