import { describe, expect, it } from '@jest/globals';
import { canonicalCondition, conditionCovers, describeTests, testsOf } from './condition.ts';

const covers = (one: object, other: object): boolean =>
  conditionCovers(canonicalCondition(one), canonicalCondition(other));

describe('conditionCovers', () => {
  it.each<[string, object, object, boolean]>([
    ['the same in another order', { Bool: { a: 'true', b: ['x', 'y'] } }, { Bool: { b: ['y', 'x'], a: 'true' } }, true],
    ['none', {}, { Bool: { a: 'true' } }, true],
    ['one where there is none', { Bool: { a: 'true' } }, {}, false],
    ['a test more', { Bool: { a: 'true' } }, { Bool: { a: 'true', b: 'true' } }, true],
    ['a test less', { Bool: { a: 'true', b: 'true' } }, { Bool: { a: 'true' } }, false],
    ['a value less', { StringEquals: { a: ['x', 'y'] } }, { StringEquals: { a: 'x' } }, true],
    ['a value more', { StringEquals: { a: 'x' } }, { StringEquals: { a: ['x', 'y'] } }, false],
    ['what a pattern matches', { StringLike: { a: 'x*' } }, { StringEquals: { a: 'xy' } }, true],
    ['what a pattern does not match', { StringLike: { a: 'x*' } }, { StringEquals: { a: 'y' } }, false],
    ['a wider pattern', { StringLike: { a: 'x*' } }, { StringLike: { a: '*' } }, false],
    ['a star that is meant as one', { StringEquals: { a: '*' } }, { StringEquals: { a: 'x' } }, false],
    ['more that is forbidden', { StringNotEquals: { a: 'x' } }, { StringNotEquals: { a: ['x', 'y'] } }, true],
    ['less that is forbidden', { StringNotEquals: { a: ['x', 'y'] } }, { StringNotEquals: { a: 'x' } }, false],
    [
      'less of a set',
      { 'ForAllValues:StringEquals': { a: ['x', 'y'] } },
      { 'ForAllValues:StringEquals': { a: 'x' } },
      false,
    ],
    ['another key', { Bool: { a: 'true' } }, { Bool: { b: 'true' } }, false],
  ])('%s', (_case, one, other, expected) => {
    expect(covers(one, other)).toBe(expected);
  });

  it('says nothing of a condition that is none', () => {
    expect(
      conditionCovers(canonicalCondition('(known after apply)'), canonicalCondition({ Bool: { a: 'true' } })),
    ).toBe(false);
  });
});

describe('describeTests', () => {
  it('is a sentence, without the name of who issued a claim', () => {
    const tests = testsOf(canonicalCondition({ StringLike: { 'i.com:sub': ['a', 'b'] }, Null: { c: 'true' } }));
    expect(describeTests(tests, 'i.com')).toBe('c Null true and sub is like a or b');
  });
});
