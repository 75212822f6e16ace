import { TerraformStack } from 'cdktf';

import { remoteState } from '../backend.ts';
import { type GatehouseStack } from '../gatehouse-stack.ts';
import { type Contract, kinds, type Output, type Values } from './contract.ts';
import { ContractError } from './contract-error.ts';

/**
 * The values that another stack hands on, read from its state when Terraform runs. CDKTF's own references between
 * stacks are not used: they mark every output sensitive, drop the mark here and name outputs after construct ids.
 *
 * Call it once a contract and stack. The stack is planned and applied after the one it asks.
 *
 * @throws {ContractError} `STACK_MISSING` where the app has no such stack yet
 */
export function consume<const C extends Contract>(stack: GatehouseStack, contract: C): Values<C> {
  const upstream = stack.node.root.node.tryFindChild(contract.stack);
  if (!TerraformStack.isStack(upstream)) {
    throw new ContractError(
      'STACK_MISSING',
      `Stack ${stack.stackName} asks for outputs of ${contract.stack}, which the app does not have at this point, so ` +
        `it could not be ordered. Create ${contract.stack} before ${stack.stackName}.`,
    );
  }
  stack.addDependency(upstream);
  const state = remoteState(stack, contract.stack);
  const values = Object.entries<Output>(contract.outputs).map(([name, { kind }]) => [
    name,
    kinds[kind] === 'list' ? state.getList(name) : state.getString(name),
  ]);
  return Object.fromEntries(values) as Values<C>;
}
