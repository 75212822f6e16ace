import { describe, expect, it } from '@jest/globals';

import { usedOutputs, withValues } from './remote-state.ts';

const json = {
  data: {
    terraform_remote_state: { network: { backend: 's3' } },
    aws_region: { here: {} },
  },
  locals: { kept: 1 },
  resource: {
    aws_lb: {
      alb: {
        subnets: '${data.terraform_remote_state.network.outputs.subnetIds}',
        name: '${substr("x-${data.terraform_remote_state.network.outputs.vpcId}", 0, 8)}',
        depends_on: ['data.terraform_remote_state.network', 'aws_vpc.vpc'],
        description: 'reads data.terraform_remote_state.network by name',
      },
    },
  },
};

describe('usedOutputs', () => {
  it('finds each once', () => {
    const twice = { ...json, output: { a: { value: '${data.terraform_remote_state.network.outputs.vpcId}' } } };
    expect(usedOutputs(twice)).toEqual([
      { stack: 'network', output: 'subnetIds' },
      { stack: 'network', output: 'vpcId' },
    ]);
    expect(usedOutputs({})).toEqual([]);
  });
});

describe('withValues', () => {
  const rewritten = withValues(json, { network: { vpcId: 'vpc-1', subnetIds: ['a', 'b'], text: '${no} %{x}' } });

  it('points every reference at a value, within expressions too', () => {
    expect(rewritten['resource']).toEqual({
      aws_lb: {
        alb: {
          subnets: '${local.terraform_remote_state.network.outputs.subnetIds}',
          name: '${substr("x-${local.terraform_remote_state.network.outputs.vpcId}", 0, 8)}',
          depends_on: ['aws_vpc.vpc'],
          description: 'reads data.terraform_remote_state.network by name',
        },
      },
    });
  });

  it('asks no state any more, and keeps the rest', () => {
    expect(rewritten['data']).toEqual({ aws_region: { here: {} } });
    expect(rewritten['locals']).toMatchObject({ kept: 1 });
    expect(withValues({ data: { terraform_remote_state: {} } }, {})).not.toHaveProperty('data');
  });

  it('hands values on as they are, whatever they look like', () => {
    expect(rewritten['locals']).toMatchObject({
      terraform_remote_state: {
        network: { outputs: { vpcId: 'vpc-1', subnetIds: ['a', 'b'], text: '$${no} %%{x}' } },
      },
    });
  });
});
