import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';

import { type GatehouseStack } from '../gatehouse-stack.ts';
import { type Contract, type Output, type Values } from './contract.ts';
import { ContractError } from './contract-error.ts';

/**
 * Writes a stack's outputs as its contract names them: all of them, none besides, none sensitive (a remote state read
 * drops that mark, so nothing secret may be in one).
 *
 * @throws {ContractError} `CONTRACT_OF_ANOTHER_STACK`
 */
export function publish<const C extends Contract>(stack: GatehouseStack, contract: C, values: Values<C>): void {
  if (contract.stack !== stack.stackName) {
    throw new ContractError(
      'CONTRACT_OF_ANOTHER_STACK',
      `Stack ${stack.stackName} publishes the contract of ${contract.stack}. Its readers would look into the state of ` +
        `${contract.stack} and not find it. Publish it there.`,
    );
  }
  const scope = new Construct(stack, 'outputs');
  for (const [name, { kind, description }] of Object.entries<Output>(contract.outputs)) {
    const value = (values as Readonly<Record<string, string | string[]>>)[name];
    const output = new TerraformOutput(scope, name, { value, description, staticId: true });
    output.addOverride('//', { kind });
  }
}
