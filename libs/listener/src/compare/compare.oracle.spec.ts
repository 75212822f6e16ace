import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answerKey, answerOf } from '../answer/answer.ts';
import { callbackPath } from '../match/login-callback.ts';
import { match } from '../match/match.ts';
import { requests, ruleFor, ruleOf } from '../testdata/oracle.ts';
import { randomEdit } from '../testdata/random-listener.ts';
import { compare } from './compare.ts';

describe('compare, against an oracle that tries every request of a small world', () => {
  it('finds each pair of rules between which the answer changes, and no other', () => {
    fc.assert(
      fc.property(randomEdit, ([before, after]) => {
        const { changes, undecided } = compare(before, after);
        expect(undecided).toEqual([]);
        const found = new Set(changes.map((change) => `${change.before.rule} → ${change.after.rule}`));
        for (const { met } of requests([before, after])) {
          const [was, is] = [ruleOf(before, met), ruleOf(after, met)];
          const pair = `${was.address} → ${is.address}`;
          if (answerKey(answerOf(was)) !== answerKey(answerOf(is)) && !found.has(pair)) throw new Error(pair);
        }
        for (const change of changes) {
          for (const [listener, side] of [
            [before, change.before],
            [after, change.after],
          ] as const) {
            if (side.answer.outcome.kind === 'login-callback') expect(change.witness.path).toBe(callbackPath);
            else expect(ruleFor(listener, change.witness).address).toBe(side.rule);
          }
          expect(match(before, change.witness).answer).toEqual(change.before.answer);
          expect(match(after, change.witness).answer).toEqual(change.after.answer);
          expect(answerKey(change.before.answer)).not.toBe(answerKey(change.after.answer));
        }
      }),
      { numRuns: Number(process.env['ORACLE_RUNS'] ?? 12_000) },
    );
  });
});
