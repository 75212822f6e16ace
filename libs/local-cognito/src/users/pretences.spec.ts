import { expect, it } from '@jest/globals';
import { Pretences } from './pretences.ts';

it('answers as for a user: nothing asked, wrong, used up, expired', () => {
  let now = 0;
  const pretences = new Pretences(() => now);
  expect(pretences.spend('nobody')).toBe('expired');
  pretences.request('Nobody', 60);
  const answers = Array.from({ length: 6 }, () => pretences.spend('nobody'));
  expect(answers).toEqual([...Array.from({ length: 5 }, () => 'mismatch'), 'exhausted']);
  pretences.request('nobody', 60);
  now = 60_000;
  expect(pretences.spend('nobody')).toBe('expired');
});

it('does not grow with names that are made up', () => {
  const pretences = new Pretences(() => 0);
  for (let name = 0; name <= 10_000; name++) pretences.request(`name ${name}`, 60);
  expect([pretences.spend('name 0'), pretences.spend('name 10000')]).toEqual(['expired', 'mismatch']);
});
