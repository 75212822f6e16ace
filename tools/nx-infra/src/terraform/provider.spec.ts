import { describe, expect, it } from '@jest/globals';

import { type SynthesizedStacks } from '../synth/manifest.ts';
import { terraformJson } from './json.ts';
import { awsProvider } from './provider.ts';

const stacks = (...required: readonly unknown[]): SynthesizedStacks =>
  new Map(
    required.map((aws, index) => [
      `s${index}`,
      {
        name: `s${index}`,
        dependencies: [],
        terraform: terraformJson.parse(aws === undefined ? {} : { terraform: { required_providers: { aws } } }),
      },
    ]),
  );

describe('awsProvider', () => {
  it.each([
    [
      { source: 'aws', version: '5.100.0' },
      { source: 'hashicorp/aws', version: '5.100.0' },
    ],
    [
      { source: 'hashicorp/aws', version: '= 5.100.0' },
      { source: 'hashicorp/aws', version: '5.100.0' },
    ],
    [
      { source: 'hashicorp/aws', version: '~> 5.0' },
      { source: 'hashicorp/aws', version: undefined },
    ],
  ])('of %j', (required, provider) => {
    expect(awsProvider(stacks(undefined, required))).toEqual(provider);
  });

  it('takes any where no stack says', () => {
    expect(awsProvider(stacks(undefined))).toEqual({ source: 'hashicorp/aws', version: undefined });
  });
});
