import { describe, expect, it } from '@jest/globals';

import { probe, readProbe } from './probe.ts';

const needs = {
  region: 'eu-west-1',
  account: '222222222222',
  bucket: 'states',
  zone: { id: 'Z1', domain: 'app.example.com' },
  certificate: undefined,
};
const plan = (account: string, checks: readonly object[]) => ({
  output_changes: { account: { after: account }, identity: { after: `arn:aws:iam::${account}:user/me` } },
  checks,
});

describe('probe', () => {
  it('changes nothing, and asks only for what is needed', () => {
    expect(probe(needs, [], {})).not.toHaveProperty('resource');
    expect(Object.keys((probe(needs, [], {}) as { check: object }).check)).toEqual(['bucket', 'zone']);
    expect(probe({ ...needs, bucket: undefined, zone: undefined }, [], {})).toMatchObject({ check: {} });
  });
});

describe('the quotas of the probe', () => {
  const vpcs = {
    name: 'vpcs',
    check: 'quota: VPCs',
    service: 'vpc',
    code: 'L-F678F1CE',
    wanted: 1,
    used: { type: 'aws_vpcs', attribute: 'ids' },
  };
  const values = (...resources: readonly object[]) => ({
    ...plan('222222222222', []),
    prior_state: { values: { root_module: { resources } } },
  });
  const limit = { address: 'data.aws_servicequotas_service_quota.vpcs', values: { value: 2 } };
  const used = { address: 'data.aws_vpcs.vpcs', values: { ids: ['a', 'b'] } };

  it('are read each in a check of its own, so that none stops another', () => {
    const { check, data } = probe(needs, [vpcs], {}) as { readonly check: object; readonly data: object };
    expect(Object.keys(check)).toEqual(['bucket', 'zone', 'limit_vpcs', 'used_vpcs']);
    expect(Object.keys(data)).toEqual(['aws_caller_identity']);
  });

  it('are findings, whatever of them could be read', () => {
    const state = (...resources: readonly object[]) => readProbe(needs, [vpcs], values(...resources)).at(-1)?.state;
    expect(state(limit, used)).toBe('warning');
    expect(state(limit)).toBe('ok');
    expect(state(used)).toBe('warning');
    expect(readProbe(needs, [vpcs], plan('222222222222', [])).at(-1)).toMatchObject({
      check: 'quota: VPCs',
      state: 'warning',
    });
  });
});

describe('readProbe', () => {
  it('takes no answer for a failure', () => {
    expect(readProbe(needs, [], plan('222222222222', [])).map(({ state }) => state)).toEqual([
      'ok',
      'failed',
      'failed',
    ]);
    const unknown = [{ address: { name: 'bucket' }, status: 'unknown', instances: [{}] }];
    expect(readProbe(needs, [], plan('222222222222', unknown))[1]).toMatchObject({
      state: 'failed',
      message: 'No answer.',
    });
  });

  it('names an account that is not the environment’s', () => {
    expect(readProbe(needs, [], plan('333333333333', []))[0]).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('222222222222'),
    });
  });
});
