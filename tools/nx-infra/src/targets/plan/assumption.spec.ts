import { describe, expect, it } from '@jest/globals';

import { assumedOfOthers, type PlannedStack } from './assumption.ts';

const used = [{ stack: 'network', output: 'vpcId' }];
const under = (network: Partial<PlannedStack>): ReadonlyMap<string, PlannedStack> =>
  new Map([['network', { outputs: new Map(), assumptions: [], ...network }]]);
const output = (certainty: 'applied' | 'planned' | 'placeholder') =>
  new Map([['vpcId', { kind: 'vpc-id', value: () => 'vpc-1', certainty }]]);

describe('assumedOfOthers', () => {
  it('assumes nothing of what is applied', () => {
    expect(assumedOfOthers(used, under({ outputs: output('applied') }))).toEqual([]);
  });

  it.each([
    ['planned', 'not-applied-yet'],
    ['placeholder', 'unknown-until-applied'],
  ] as const)('assumes what is %s', (certainty, because) => {
    expect(assumedOfOthers(used, under({ outputs: output(certainty) }))).toEqual([
      { name: 'network.vpcId', kind: 'vpc-id', value: 'vpc-1', because },
    ]);
  });

  it('assumes what a stack says that is itself planned on assumptions', () => {
    const assumptions = [{ name: 'state', because: 'no-state-bucket' }] as const;
    expect(assumedOfOthers(used, under({ outputs: output('applied'), assumptions }))).toEqual([
      { name: 'network', because: 'planned-on-assumptions' },
    ]);
    expect(assumedOfOthers(used, under({ outputs: output('planned'), assumptions }))).toHaveLength(1);
    expect(assumedOfOthers([], under({ assumptions }))).toEqual([]);
  });
});
