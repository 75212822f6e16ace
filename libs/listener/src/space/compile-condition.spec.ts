import { describe, expect, it } from '@jest/globals';
import { RegexError } from '../language/from-regex.ts';
import { constraintOf } from './compile-condition.ts';

const accepts = (condition: Parameters<typeof constraintOf>[0], text: string) => {
  const constraint = constraintOf(condition, 0);
  return 'language' in constraint && constraint.language.accepts(text);
};

describe('constraintOf', () => {
  it.each([
    [{ field: 'host-header', values: ['*.Example.com'] }, 'a.example.com', true],
    [{ field: 'path-pattern', values: ['/A*'] }, '/ab', false],
    [{ field: 'path-pattern', values: [], regexValues: ['^/A'] }, '/Ab', true],
    [{ field: 'http-header', name: 'X', values: ['Yes'] }, 'yes', true],
    [{ field: 'query-string', values: [{ key: 'A', value: 'b' }] }, 'a=b', true],
    [{ field: 'query-string', values: [{ value: 'b' }] }, 'any=b', true],
    [{ field: 'query-string', values: [{ value: 'b=c' }] }, 'any=b=c', true],
    [{ field: 'query-string', values: [{ key: 'a=b', value: 'c' }] }, 'a=b=c', false],
    [{ field: 'query-string', values: [{ key: '*', value: 'c' }] }, 'a=b=c', false],
    [{ field: 'query-string', values: [{ key: 'a', value: '*' }] }, 'a', true],
    [{ field: 'query-string', values: [{ key: 'a', value: '?*' }] }, 'a', false],
  ] as const)('%j holds %s: %s', (condition, text, expected) => {
    expect(accepts(condition, text)).toBe(expected);
  });

  it('has a dimension for each header, whatever its case', () => {
    expect(constraintOf({ field: 'http-header', name: 'X-One', values: ['a'] }, 0).dimension).toBe('header x-one');
  });

  it('does not pass over a regular expression that it cannot read', () => {
    expect(() => constraintOf({ field: 'path-pattern', values: [], regexValues: ['a++'] }, 0)).toThrow(RegexError);
  });
});
