import { describe, expect, it } from '@jest/globals';
import { type Condition } from '../model.ts';
import { thrown } from '../testdata/thrown.ts';
import { refuseRepeatedConditions, refuseTooManyValues } from './condition-limits.ts';

const path = (...values: string[]): Condition => ({ field: 'path-pattern', values });
const header = (...values: string[]): Condition => ({ field: 'http-header', name: 'x', values });
const query = (...values: string[]): Condition => ({
  field: 'query-string',
  values: values.map((value) => ({ key: 'k*', value })),
});

describe('refuseRepeatedConditions', () => {
  it('accepts several header and query conditions', () => {
    expect(() =>
      refuseRepeatedConditions([path('/'), header('a'), header('b'), query('c'), query('d')], 'rule'),
    ).not.toThrow();
  });

  it.each(['path-pattern', 'host-header', 'http-request-method', 'source-ip'] as const)(
    'refuses a second %s',
    (field) => {
      const twice = [{ field, values: ['a'] }, header('a'), { field, values: ['b'] }];
      expect(thrown(() => refuseRepeatedConditions(twice, 'rule'))).toMatchObject({
        code: 'DUPLICATE_CONDITION',
        address: 'rule',
      });
    },
  );
});

describe('refuseTooManyValues', () => {
  it.each([
    ['five values', [path('/1', '/2', '/3'), header('4', '5')]],
    ['five wildcards', [path('/*/?', '/*'), header('**')]],
    ['escaped wildcards', [{ field: 'query-string', values: [{ value: '\\*\\*\\*\\*\\*\\*' }] }]],
  ] as const)('accepts %s', (_, conditions) => {
    expect(() => refuseTooManyValues(conditions, 'rule')).not.toThrow();
  });

  it.each([
    ['six values', [path('/1', '/2', '/3'), header('4', '5', '6')]],
    ['six wildcards', [path('/*/?', '/*'), header('***')]],
    ['six wildcards, those in keys among them', [query('*', '*', '*')]],
    ['six source ranges', [{ field: 'source-ip', values: Array.from({ length: 6 }, () => '::/0') }]],
  ] as const)('refuses %s', (_, conditions) => {
    expect(thrown(() => refuseTooManyValues(conditions, 'rule'))).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      address: 'rule',
    });
  });
});
