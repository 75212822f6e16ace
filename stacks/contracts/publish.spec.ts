import { describe, expect, it } from '@jest/globals';
import { Testing } from 'cdktf';

import { local } from '../environments/local.ts';
import { GatehouseStack } from '../gatehouse-stack.ts';
import { type Block } from '../terraform/synthesized.ts';
import { contract } from './contract.ts';
import { publish } from './publish.ts';

class EcrLike extends GatehouseStack {}

const stack = () => new EcrLike(Testing.app(), 'ecr', local);
const things = contract('ecr', {
  bucket: { kind: 'host-name', description: 'A name.' },
  subnets: { kind: 'subnet-ids', description: 'Some subnets.' },
});

describe('publish', () => {
  it('writes each output with its name, its description and, for planners, its kind', () => {
    const publisher = stack();
    publish(publisher, things, { bucket: 'b', subnets: ['s1', 's2'] });
    expect((publisher.toTerraform() as Block)['output']).toEqual({
      bucket: { '//': { kind: 'host-name' }, description: 'A name.', value: 'b' },
      subnets: { '//': { kind: 'subnet-ids' }, description: 'Some subnets.', value: ['s1', 's2'] },
    });
  });

  it('refuses the contract of another stack', () => {
    expect(() => publish(stack(), contract('alb', {}), {})).toThrow(
      expect.objectContaining({ code: 'CONTRACT_OF_ANOTHER_STACK' }),
    );
  });

  it('does not compile without every value, or with one too many', () => {
    // @ts-expect-error -- subnets is missing
    const short = () => publish(stack(), things, { bucket: 'b' });
    // @ts-expect-error -- nobody asked for more
    const long = () => publish(stack(), things, { bucket: 'b', subnets: [], more: '' });
    expect([short, long]).toHaveLength(2);
  });
});
