import { expect, it } from '@jest/globals';
import { Quota } from './quota.ts';

it('lets so many through within the window, for each name', () => {
  let now = 0;
  const quota = new Quota(() => now, { most: 2, windowSeconds: 60 });
  expect([quota.take('ada'), quota.take('ada'), quota.take('ada'), quota.take('bob')]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  now = 60_000;
  expect(quota.take('ada')).toBe(true);
});
