export { ListenerError, type ListenerErrorCode } from './errors.ts';
export { matchRule } from './match/match-rule.ts';
export type * from './model.ts';
export { readLoadBalancers } from './read/read-load-balancers.ts';
