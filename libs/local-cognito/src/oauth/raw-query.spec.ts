import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rawParameter, withQuery } from './raw-query.ts';

describe('rawParameter', () => {
  it.each([
    ['state=abc', 'abc'],
    ['a=1&state=x%2By%2Fz%3D%3D&b=2', 'x%2By%2Fz%3D%3D'],
    ['state=a+b/c==', 'a+b/c=='],
    ['state=', ''],
    ['xstate=1', undefined],
    ['state', undefined],
    ['', undefined],
    // What cannot stand in a URL as it is, is left to be encoded afresh.
    ['state=a"b', undefined],
    ['state=%zz', undefined],
    ['state=a\r\nSet-Cookie: x', undefined],
  ])('%p holds %p', (query, value) => {
    expect(rawParameter(query, 'state')).toBe(value);
  });

  it('gives back, byte for byte, whatever was percent-encoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (state) => {
        const raw = encodeURIComponent(state);
        return rawParameter(`a=1&state=${raw}&b=2`, 'state') === raw;
      }),
    );
  });
});

describe('withQuery', () => {
  it('adds to a query that is there', () => {
    expect(
      withQuery('https://a/b?c=d', [
        ['code', '1'],
        ['state', undefined],
      ]),
    ).toBe('https://a/b?c=d&code=1');
    expect(
      withQuery('https://a/b', [
        ['code', '1'],
        ['state', ''],
      ]),
    ).toBe('https://a/b?code=1&state=');
  });
});
