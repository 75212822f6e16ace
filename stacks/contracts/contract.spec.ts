import { describe, expect, it } from '@jest/globals';

import { contract, stackNames, type Values } from './contract.ts';
import { contracts, type networkContract } from './contracts.ts';

describe('contracts', () => {
  it('are one a stack, in the order in which stacks are applied', () => {
    expect(contracts.map(({ stack }) => stack)).toEqual(stackNames);
  });

  it('name no output twice, so that a name says which stack it comes from', () => {
    const named = contracts.flatMap(({ outputs }) => Object.keys(outputs));
    expect(new Set(named).size).toBe(named.length);
  });
});

describe('Values', () => {
  // Checked by the compiler (`typecheck`): an expected error that does not come is an error.
  it('has the outputs of the contract and no others, each of the type of its kind', () => {
    const read = (values: Values<typeof networkContract>) => {
      const text: string = values.vpcId;
      const list: string[] = values.publicSubnetIds;
      // @ts-expect-error -- there is no such output
      const missing: unknown = values.subnetIds;
      // @ts-expect-error -- a list is no text
      const wrong: string = values.privateSubnetIds;
      // @ts-expect-error -- what another stack said is not changed
      values.vpcId = 'vpc-1';
      return [text, list, missing, wrong];
    };
    expect(read).toBeInstanceOf(Function);
  });

  it('cannot be of an unknown stack or kind', () => {
    // @ts-expect-error -- no such stack
    contract('database', {});
    // @ts-expect-error -- no such kind
    contract('ecr', { name: { kind: 'password', description: '' } });
    expect(contract('ecr', {})).toEqual({ stack: 'ecr', outputs: {} });
  });
});
