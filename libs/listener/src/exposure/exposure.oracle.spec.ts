import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { match } from '../match/match.ts';
import { requests, ruleFor, ruleOf } from '../testdata/oracle.ts';
import { randomListener } from '../testdata/random-listener.ts';
import { exposure } from './exposure.ts';

describe('exposure, against an oracle that tries every request of a small world', () => {
  it('finds each rule that takes a request, and no other', () => {
    fc.assert(
      fc.property(randomListener, (listener) => {
        const { regions, shadowed, undecided } = exposure(listener);
        expect(undecided).toEqual([]);
        expect([...regions, ...shadowed].map(({ rule }) => rule).toSorted()).toEqual(
          listener.rules.map(({ address }) => address).toSorted(),
        );
        const reached = new Set(regions.map(({ rule }) => rule));
        for (const { met } of requests([listener])) {
          const { address } = ruleOf(listener, met);
          if (!reached.has(address)) throw new Error(`${address} takes a request`);
        }
        for (const { rule, witness, answer } of regions) {
          expect(ruleFor(listener, witness).address).toBe(rule);
          expect(match(listener, witness)).toMatchObject({ rule: { address: rule }, answer });
        }
      }),
      { numRuns: Number(process.env['ORACLE_RUNS'] ?? 12_000) },
    );
  });
});
