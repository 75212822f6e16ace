import { describe, expect, it } from '@jest/globals';

import { terraformJson } from '../../terraform/json.ts';
import { plannedOutputs } from './planned-outputs.ts';

const stack = {
  name: 'network',
  dependencies: [],
  terraform: terraformJson.parse({
    provider: { aws: [{ region: 'eu-west-1', allowed_account_ids: ['222222222222'] }] },
    output: {
      vpcId: { value: '', '//': { kind: 'vpc-id' } },
      subnetIds: { value: '', '//': { kind: 'subnet-ids' } },
      repository: { value: '', '//': { kind: 'repository-arn' } },
      bare: { value: '' },
    },
  }),
};
const outputs = (output_changes: object): ReadonlyMap<string, unknown> =>
  new Map(
    [...plannedOutputs(stack, { output_changes })].map(([name, output]) => [
      name,
      { ...output, value: output.value() },
    ]),
  );

describe('plannedOutputs', () => {
  it('takes what is in the state and stays', () => {
    const change = {
      actions: ['no-op'],
      before: 'vpc-1',
      after: 'vpc-1',
      after_unknown: false,
      after_sensitive: false,
    };
    expect(outputs({ vpcId: change }).get('vpcId')).toEqual({ kind: 'vpc-id', value: 'vpc-1', certainty: 'applied' });
  });

  it('takes what is known from the plan', () => {
    const change = { actions: ['create'], after: { a: [1] }, after_unknown: false, after_sensitive: false };
    expect(outputs({ bare: change }).get('bare')).toEqual({
      kind: undefined,
      value: { a: [1] },
      certainty: 'planned',
    });
  });

  it('stands in for what is not known', () => {
    const found = outputs({
      vpcId: { actions: ['create'], after_unknown: true, after_sensitive: false },
      subnetIds: { actions: ['update'], after: ['subnet-1', null, null], after_unknown: [false, true, true] },
      repository: { actions: ['create'], after_unknown: true },
    });
    const shape = expect.stringMatching(/^subnet-[0-9a-f]{17}$/) as unknown;
    expect(found.get('vpcId')).toMatchObject({ certainty: 'placeholder', value: expect.stringMatching(/^vpc-/) });
    expect(found.get('subnetIds')).toMatchObject({ certainty: 'placeholder', value: ['subnet-1', shape, shape] });
    expect(found.get('repository')).toMatchObject({ value: expect.stringContaining(':eu-west-1:222222222222:') });
  });

  it('copies no secret into the plan of another stack', () => {
    const change = { actions: ['no-op'], after: 'canary', after_unknown: false, after_sensitive: true };
    expect(JSON.stringify([...outputs({ vpcId: change })])).not.toContain('canary');
    expect(outputs({ vpcId: change }).get('vpcId')).toMatchObject({ certainty: 'placeholder' });
  });

  it('leaves out what will be gone', () => {
    expect([...outputs({ old: { actions: ['delete'], before: 1, after: null, after_unknown: false } })]).toEqual([]);
  });

  it('says which output has no kind to stand in for, once it is needed', () => {
    const unknown = { bare: { actions: ['create'], after_unknown: true } };
    expect(plannedOutputs(stack, { output_changes: unknown }).get('bare')).toMatchObject({ certainty: 'placeholder' });
    expect(() => outputs({ bare: { actions: ['create'], after_unknown: true } })).toThrow(/Output bare of network/);
  });

  it('refuses what is no plan', () => {
    expect(() => plannedOutputs(stack, undefined)).toThrow(expect.objectContaining({ code: 'TERRAFORM_FAILED' }));
  });
});
