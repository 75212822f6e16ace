import { ACCESS_TOKENS } from './access-tokens.ts';
import { DATA_TOKENS } from './data-tokens.ts';
import { type Attack } from './forge.ts';
import { HEADERS } from './headers.ts';

export { BEARER_ATTACKS } from './bearer-tokens.ts';
export { type Attack } from './forge.ts';

/** Requests that must not get in by the load balancer's headers. */
export const ALB_ATTACKS: readonly Attack[] = [...HEADERS, ...DATA_TOKENS, ...ACCESS_TOKENS];
