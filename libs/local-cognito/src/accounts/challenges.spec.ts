import { expect, it } from '@jest/globals';
import { Challenges } from './challenges.ts';

it('waits for an answer, so long, until it is there', () => {
  let now = 0;
  const challenges = new Challenges<string>(() => now);
  const [one, two] = [challenges.start('ada', 60), challenges.start('bob', 60)];
  expect(one).toMatch(/^[\w-]{43}$/);
  expect([challenges.find(one), challenges.find(two), challenges.find('x'), challenges.find(undefined)]).toEqual([
    'ada',
    'bob',
    undefined,
    undefined,
  ]);
  challenges.end(one);
  expect(challenges.find(one)).toBeUndefined();
  now = 60_000;
  expect(challenges.find(two)).toBeUndefined();
});
