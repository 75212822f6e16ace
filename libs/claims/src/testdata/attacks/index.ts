import { ACCESS_TOKENS, LATE_ACCESS_TOKENS } from './access-tokens.ts';
import { DATA_TOKENS, LATE_DATA_TOKENS } from './data-tokens.ts';
import { type Attack } from './forge.ts';
import { HEADERS } from './headers.ts';

export { BEARER_ATTACKS, type BearerAttack } from './bearer-tokens.ts';
export { type Attack } from './forge.ts';
export { UNPARSEABLE_HEADERS } from './headers.ts';
export { type KeyHostAttack, KEY_HOST_ATTACKS } from './key-hosts.ts';

/** Requests that must not get in by the load balancer's headers. */
export const ALB_ATTACKS: readonly Attack[] = [...HEADERS, ...DATA_TOKENS, ...ACCESS_TOKENS];

/** Requests that must not get in where `clockToleranceSeconds` is 0. */
export const LATE_ATTACKS: readonly Attack[] = [...LATE_DATA_TOKENS, ...LATE_ACCESS_TOKENS];
