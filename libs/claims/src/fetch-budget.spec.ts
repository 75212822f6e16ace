import { describe, expect, it } from '@jest/globals';
import { FetchBudget } from './fetch-budget.ts';

describe('FetchBudget', () => {
  it('gives a burst, then one for each interval, and never saves up more than a burst', () => {
    let uptime = 50;
    const budget = new FetchBudget(3, 1000, () => uptime);
    const taken = () => Array.from({ length: 5 }, () => budget.take()).filter(Boolean).length;
    expect(taken()).toBe(3);
    uptime += 999;
    expect(taken()).toBe(0);
    uptime += 1;
    expect(taken()).toBe(1);
    uptime += 1_000_000;
    expect(taken()).toBe(3);
  });
});
