export { ClaimsException } from './claims.exception.ts';
export { ClaimsModule, type ClaimsModuleAsyncOptions } from './claims.module.ts';
export { CurrentUser } from './current-user.decorator.ts';
export { Groups } from './groups.decorator.ts';
export { Public } from './public.decorator.ts';
export { type RouteAccess, routeAccess } from './route-access.ts';
export { Scopes } from './scopes.decorator.ts';
export { CLAIMS_VERIFIER } from './tokens.ts';
