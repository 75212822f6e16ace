export { type Contract, type Kind, type StackName, stackNames, type Values } from './contract.ts';
export { ContractError, type ContractErrorCode } from './contract-error.ts';
export {
  albContract,
  cognitoContract,
  contracts,
  deliveryContract,
  ecrContract,
  ecsContract,
  networkContract,
} from './contracts.ts';
export { consume } from './consume.ts';
export { publish } from './publish.ts';
