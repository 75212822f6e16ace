import { describe, expect, it } from '@jest/globals';
import { cognito, forward } from '../testdata/actions.ts';
import { listenerOf, request } from '../testdata/requests.ts';
import { answerOf } from '../answer/answer.ts';
import { type Region } from './region.ts';
import { targetsOf } from './targets.ts';

const both = { ...forward, targetGroups: [...forward.targetGroups, { arn: 'arn:off', weight: 0 }] };
const plain = listenerOf([{ field: 'path-pattern', values: ['/a'] }]);
const listener = { ...plain, rules: plain.rules.map((rule) => ({ ...rule, actions: [cognito('allow'), both] })) };

describe('targetsOf', () => {
  it('names every target once, and no region for one of weight 0', () => {
    const regions = listener.rules.map((rule): Region => ({
      rule: rule.address,
      priority: rule.priority,
      answer: answerOf(rule),
      conditions: rule.conditions,
      except: [],
      witness: request(),
      reach: 'ordinary',
    }));
    expect(targetsOf(listener, regions)).toEqual([
      { arn: 'arn:app', withoutLogin: [], withOptionalLogin: regions, afterLogin: [], withBearer: [] },
      { arn: 'arn:off', withoutLogin: [], withOptionalLogin: [], afterLogin: [], withBearer: [] },
    ]);
  });

  it('has targets that nothing reaches', () => {
    expect(targetsOf(listener, [])[0]).toEqual({
      arn: 'arn:app',
      withoutLogin: [],
      withOptionalLogin: [],
      afterLogin: [],
      withBearer: [],
    });
  });
});
