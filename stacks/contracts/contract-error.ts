/** What can be wrong between two stacks. */
export type ContractErrorCode = 'CONTRACT_OF_ANOTHER_STACK' | 'STACK_MISSING';

/** A contract used wrongly: a mistake in the stacks' code, not in an environment. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly code: ContractErrorCode;

  constructor(code: ContractErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
