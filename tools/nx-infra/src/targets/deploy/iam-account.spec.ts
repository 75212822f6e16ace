import { expect, it } from '@jest/globals';

import { type SynthesizedStack } from '../../synth/manifest.ts';
import { iamAccount } from './iam-account.ts';

const stackIn = (region: string, accounts?: readonly string[]): SynthesizedStack => ({
  name: 'delivery',
  dependencies: [],
  terraform: {
    terraform: {},
    provider: { aws: [{ region, ...(accounts && { allowed_account_ids: accounts }) }] },
    resource: {},
    data: {},
    output: {},
    variable: {},
  },
});

it.each([
  ['eu-west-1', 'arn:aws:iam::111111111111'],
  ['us-east-1', 'arn:aws:iam::111111111111'],
  ['us-gov-west-1', 'arn:aws-us-gov:iam::111111111111'],
  ['cn-north-1', 'arn:aws-cn:iam::111111111111'],
  ['us-iso-east-1', undefined],
  ['eusc-de-east-1', undefined],
])('names the account of %s', (region, expected) => {
  expect(iamAccount(stackIn(region, ['111111111111']))).toBe(expected);
});

it('names none where any account will do', () => {
  expect(iamAccount(stackIn('eu-west-1'))).toBeUndefined();
});
