import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonical, differencesOf } from './difference.ts';

describe('differencesOf', () => {
  it.each<[string, unknown, unknown, readonly (readonly [string, unknown, unknown])[]]>([
    ['nothing and nothing', { a: null, b: [], c: '' }, {}, []],
    ['an argument', { a: 1 }, { a: 2 }, [['a', 1, 2]]],
    ['an argument more', {}, { a: false }, [['a', undefined, false]]],
    ['the order of a list', { a: ['x', 'y'] }, { a: ['y', 'x'] }, []],
    ['an item more', { a: ['x'] }, { a: ['y', 'x'] }, [['a', undefined, ['y']]]],
    ['an item twice', { a: ['x'] }, { a: ['x', 'x'] }, [['a', undefined, ['x']]]],
    ['a block', { a: [{ b: 1, c: 1 }] }, { a: [{ b: 2, c: 1 }] }, [['a.b', 1, 2]]],
    ['one block of several', { a: [{ b: 1 }, { b: 2 }] }, { a: [{ b: 1 }, { b: 3 }] }, [['a[1].b', 2, 3]]],
    ['the formatting of JSON', { p: '{"a": 1, "b": [1]}' }, { p: '{"b":[1],"a":1}' }, []],
    [
      'the formatting of JSON with a variable of IAM',
      { p: '{"a": "${aws:username}"}' },
      { p: '{"a":"${aws:username}"}' },
      [],
    ],
    ['the content of JSON', { p: '{"a":1}' }, { p: '{"a":2}' }, [['p.a', 1, 2]]],
    ['what is not known yet', { p: '{"a":1}' }, { p: '(known after apply)' }, [['p', { a: 1 }, '(known after apply)']]],
    ['what only looks like JSON', { p: '{a' }, { p: '{b' }, [['p', '{a', '{b']]],
  ])('%s', (_, before, after, expected) => {
    expect(differencesOf(before, after).map(({ path, before: was, after: is }) => [path, was, is])).toEqual(expected);
  });

  it('is nothing exactly where the canonical texts are equal', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (one, other) => {
        expect(differencesOf(one, one)).toEqual([]);
        if (canonical(one) === canonical(other)) expect(differencesOf(one, other)).toEqual([]);
      }),
    );
  });
});
