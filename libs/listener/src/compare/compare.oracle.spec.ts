import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { answerKey, answerOf } from '../answer/answer.ts';
import { callbackPath } from '../match/login-callback.ts';
import { match } from '../match/match.ts';
import { requests, ruleFor, ruleOf, same } from '../testdata/oracle.ts';
import { randomEdit } from '../testdata/random-listener.ts';
import { compare } from './compare.ts';

describe('compare, against an oracle that tries every request of a small world', () => {
  it('finds each pair of rules between which the answer changes, and no other', () => {
    fc.assert(
      fc.property(randomEdit, ([before, after]) => {
        const { changes, undecided } = compare(before, after);
        same(undecided, []);
        const found = new Set(changes.map((change) => `${change.before.rule} → ${change.after.rule}`));
        for (const { met, request } of requests([before, after])) {
          const [was, is] = [ruleOf(before, met), ruleOf(after, met)];
          const pair = `${was.address} → ${is.address}`;
          if (answerKey(answerOf(was)) === answerKey(answerOf(is)) || found.has(pair)) continue;
          throw new Error(`${pair} for ${JSON.stringify(request)}`);
        }
        for (const { witness, ...change } of changes) {
          for (const [listener, side] of [
            [before, change.before],
            [after, change.after],
          ] as const) {
            if (side.answer.outcome.kind === 'login-callback') same(witness.path, callbackPath);
            else same(ruleFor(listener, witness).address, side.rule);
            same(match(listener, witness).answer, side.answer);
          }
          if (answerKey(change.before.answer) === answerKey(change.after.answer)) throw new Error('Nothing changed');
        }
      }),
      { numRuns: 10_000 },
    );
  }, 180_000);
});
