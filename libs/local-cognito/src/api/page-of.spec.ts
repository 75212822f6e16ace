import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pageOf } from './page-of.ts';

const listed = (length: number): { readonly position: number }[] =>
  Array.from({ length }, (_, index) => ({ position: index * 3 }));

it('gives every item once, in pages, whatever their size', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.integer({ min: 0, max: 60 }), (length, limit) => {
      const seen: number[] = [];
      let token: string | undefined;
      do {
        const page = pageOf(listed(length), limit, token);
        if (page.items.length > (limit || 60)) return false;
        seen.push(...page.items.map(({ position }) => position));
        token = page.next;
      } while (token !== undefined);
      return seen.length === length && seen.every((position, index) => position === index * 3);
    }),
  );
});

it('goes on where it was, though items have gone', () => {
  const { next } = pageOf(listed(10), 3, undefined);
  const left = listed(10).filter(({ position }) => position !== 6 && position !== 9);
  expect(pageOf(left, 1, next).items).toEqual([{ position: 12 }]);
});

it.each(['x', '', Buffer.from('page -1').toString('base64url')])('refuses token %p', (token) => {
  expect(() => pageOf(listed(3), 1, token)).toThrow(expect.objectContaining({ code: 'InvalidParameterException' }));
});
