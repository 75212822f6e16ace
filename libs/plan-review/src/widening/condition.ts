import { globCovers } from './glob.ts';

/** One test of a condition: all tests have to hold, and one value of each is enough. */
export interface Test {
  /** `StringLike` */
  readonly operator: string;
  /** `aws:SourceArn` */
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * The tests of the condition of a statement.
 *
 * Source: IAM user guide, "Condition operators" and "Evaluation logic for multiple context keys or values".
 */
export function testsOf(condition: string): readonly Test[] {
  if (condition === '') return [];
  const operators = JSON.parse(condition) as unknown;
  return entriesOf(operators).flatMap(([operator, keys]) =>
    entriesOf(keys).map(([key, values]) => ({ operator, key, values: [values].flat().map(String) })),
  );
}

/** A text that is equal for conditions that differ in nothing but order, and in one value or a list of it. */
export function canonicalCondition(condition: unknown): string {
  // Of another form, as where it is not known yet.
  if (typeof condition !== 'object' || condition === null) return JSON.stringify(condition ?? null);
  const operators = entriesOf(condition).map(([operator, keys]) => [
    operator,
    Object.fromEntries(
      entriesOf(keys)
        .map(([key, values]) => [key, [values].flat().map(String).toSorted()] as const)
        .toSorted(byName),
    ),
  ]);
  return operators.length === 0 ? '' : JSON.stringify(Object.fromEntries(operators.toSorted(byName)));
}

/** Whether the one holds wherever the other does. May fail to say so, and never says so wrongly. */
export function conditionCovers(one: string, other: string): boolean {
  if (one === other || one === '') return true;
  const [tests, others] = [testsOf(one), testsOf(other)];
  return tests.length > 0 && tests.every((test) => others.some((each) => testCovers(test, each)));
}

function testCovers(one: Test, other: Test): boolean {
  if (one.key !== other.key || !comparable(one.operator, other.operator)) return false;
  const holds = (value: string, among: readonly string[]): boolean =>
    among.some((each) => each === value || (isLike(one.operator) && globCovers(each, value)));
  // What is forbidden to match has to match nothing more.
  if (/Not/.test(one.operator)) return one.values.every((value) => other.values.includes(value));
  return other.values.every((value) => holds(value, one.values));
}

function comparable(one: string, other: string): boolean {
  // Of sets of values, what holds of each is another question.
  if (/^For/.test(one)) return false;
  return one === other || (isLike(one) && one.replace('Like', 'Equals') === other);
}

function isLike(operator: string): boolean {
  return operator === 'StringLike' || operator === 'ArnLike';
}

const words: Readonly<Record<string, string>> = {
  StringEquals: 'is',
  ArnEquals: 'is',
  Bool: 'is',
  StringLike: 'is like',
  ArnLike: 'is like',
  StringNotEquals: 'is not',
  StringNotLike: 'is not like',
  IpAddress: 'is in',
  NotIpAddress: 'is not in',
};

/** @param issuer whose claims go without its name, as of a federated principal; empty for none */
export function describeTests(tests: readonly Test[], issuer = ''): string {
  return tests
    .map(({ operator, key, values }) => {
      const name = issuer !== '' && key.startsWith(`${issuer}:`) ? key.slice(issuer.length + 1) : key;
      return `${name} ${words[operator] ?? operator} ${values.join(' or ')}`;
    })
    .join(' and ');
}

function byName([one]: readonly unknown[], [other]: readonly unknown[]): number {
  return String(one) < String(other) ? -1 : 1;
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
