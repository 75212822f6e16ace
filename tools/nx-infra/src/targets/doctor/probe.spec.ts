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
    expect(probe(needs, {})).not.toHaveProperty('resource');
    expect(Object.keys((probe(needs, {}) as { check: object }).check)).toEqual(['bucket', 'zone']);
    expect(probe({ ...needs, bucket: undefined, zone: undefined }, {})).toMatchObject({ check: {} });
  });
});

describe('readProbe', () => {
  it('takes no answer for a failure', () => {
    expect(readProbe(needs, plan('222222222222', [])).map(({ state }) => state)).toEqual(['ok', 'failed', 'failed']);
    const unknown = [{ address: { name: 'bucket' }, status: 'unknown', instances: [{}] }];
    expect(readProbe(needs, plan('222222222222', unknown))[1]).toMatchObject({
      state: 'failed',
      message: 'No answer.',
    });
  });

  it('names an account that is not the environment’s', () => {
    expect(readProbe(needs, plan('333333333333', []))[0]).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('222222222222'),
    });
  });
});
