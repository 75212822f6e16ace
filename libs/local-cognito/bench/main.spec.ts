import { expect, it } from '@jest/globals';
import { measureLogins } from './logins.ts';
import { measureManyUsers } from './many-users.ts';

it('runs, in small', async () => {
  const figures = [...(await measureManyUsers(200, 1)), ...(await measureLogins(0.2))];
  expect(figures.every(({ value }) => value > 0)).toBe(true);
});
