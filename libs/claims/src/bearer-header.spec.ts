import { describe, expect, it } from '@jest/globals';
import { readBearerToken } from './bearer-header.ts';

describe('readBearerToken', () => {
  it.each([
    ['Bearer abc.def-_~+/==', 'abc.def-_~+/=='],
    ['bearer  abc', 'abc'],
    ['BEARER abc', 'abc'],
  ])('reads %j', (value, token) => {
    expect(readBearerToken(['Host', 'x', 'Authorization', value])).toBe(token);
  });

  it('is undefined without the header', () => {
    expect(readBearerToken(['Host', 'Authorization'])).toBeUndefined();
  });

  it.each(['', 'Bearer', 'Bearer ', 'Bearer a b', 'Basic YTpi', 'Bearer\tabc', 'Bearer =', 'abc', 'Bearer "abc"'])(
    'refuses %j',
    (value) => {
      expect(() => readBearerToken(['authorization', value])).toThrow(
        expect.objectContaining({ code: 'BEARER_MALFORMED' }),
      );
    },
  );

  it('refuses two, of which Node would show the first and others the last', () => {
    const twice = ['authorization', 'Bearer a', 'Authorization', 'Bearer b'];
    expect(() => readBearerToken(twice)).toThrow(expect.objectContaining({ code: 'HEADER_DUPLICATE' }));
    expect(() => readBearerToken(['authorization', 'Bearer a, Bearer b'])).toThrow(
      expect.objectContaining({ code: 'HEADER_DUPLICATE' }),
    );
  });
});
