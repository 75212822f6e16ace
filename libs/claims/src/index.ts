export { hasAlbHeaders, type RawHeaders } from './alb-headers.ts';
export { readBearerToken } from './bearer-header.ts';
export { ClaimsError, type ClaimsErrorCode } from './error.ts';
export { type Answer, createHttpsFetch, type Fetch, type FetchLimits } from './fetch.ts';
export { type ClaimsSettings } from './settings.ts';
export { type User } from './user.ts';
export { type ClaimsEdges, type ClaimsVerifier, createClaimsVerifier } from './verifier.ts';
