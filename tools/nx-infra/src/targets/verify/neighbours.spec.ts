import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { neighbours } from './neighbours.ts';

describe('neighbours', () => {
  it('are the ways in which a path is mistaken for a public one', () => {
    expect(neighbours(['/logged-out'], (path) => path === '/logged-out')).toEqual(
      expect.arrayContaining([
        '/logged-out/',
        '//logged-out',
        '/LOGGED-OUT',
        '/%6cogged-out',
        '/logged-out/..%2fadmin',
      ]),
    );
  });

  it('are there where nothing is public', () => {
    expect(neighbours([], () => false)).toContain('/admin');
  });

  it('are never public, never twice, and few', () => {
    const path = fc.stringMatching(/^\/[A-Za-z0-9._/-]{0,20}$/);
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 40 }), (open) => {
        const found = neighbours(open, (each) => open.includes(each));
        expect(found.filter((each) => open.includes(each))).toEqual([]);
        expect(new Set(found).size).toBe(found.length);
        expect(found.length).toBeLessThanOrEqual(40);
        // Sent as they are: each has to be a request target.
        expect(found.every((each) => /^\/[\x21-\x7e]*$/.test(each))).toBe(true);
      }),
    );
  });
});
