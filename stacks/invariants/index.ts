export { checkInvariants, InvariantError } from './check.ts';
export { type System, systemOf, type Violation, type ViolationCode } from './invariant.ts';
