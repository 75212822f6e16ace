import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { match } from '../match/match.ts';
import { requests, ruleFor, ruleOf, same } from '../testdata/oracle.ts';
import { randomListener } from '../testdata/random-listener.ts';
import { exposure } from './exposure.ts';

describe('exposure, against an oracle that tries every request of a small world', () => {
  it('finds each rule that takes a request, and no other', () => {
    fc.assert(
      fc.property(randomListener, (listener) => {
        const { regions, shadowed, undecided } = exposure(listener);
        const said = [...regions, ...shadowed, ...undecided].map(({ rule }) => rule).toSorted();
        same(said, listener.rules.map(({ address }) => address).toSorted());
        same(undecided, []);
        const reached = new Set(regions.map(({ rule }) => rule));
        for (const { met, request } of requests([listener])) {
          const { address } = ruleOf(listener, met);
          if (!reached.has(address)) throw new Error(`${address} takes ${JSON.stringify(request)}`);
        }
        for (const { rule, witness, answer } of regions) {
          same(ruleFor(listener, witness).address, rule);
          const matched = match(listener, witness);
          same([matched.rule?.address, matched.answer], [rule, answer]);
        }
      }),
      { numRuns: 10_000 },
    );
  }, 180_000);
});
