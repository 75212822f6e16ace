export type { Answer, IdentityProvider, Login, Outcome } from './answer/answer.ts';
export { type Change, compare, type CompareOptions, type Comparison, type Side } from './compare/compare.ts';
export { ListenerError, type ListenerErrorCode } from './errors.ts';
export { exposure, type Exposure, type ExposureOptions } from './exposure/exposure.ts';
export type { Region, ShadowedRule, UndecidedRule } from './exposure/region.ts';
export type { TargetExposure } from './exposure/targets.ts';
export { match, type Match } from './match/match.ts';
export { matchRule } from './match/match-rule.ts';
export type * from './model.ts';
export { readLoadBalancers } from './read/read-load-balancers.ts';
export { type ReadLoadBalancers, type Reading, readTerraform } from './read/read-terraform.ts';
export { validate } from './read/validate.ts';
export { compileRewrite, type Rewriting } from './rewrite/rewrite.ts';
export type { ApplicationRoute } from './routes/application-route.ts';
export {
  type Asks,
  compareRoutes,
  type Meeting,
  type RouteComparison,
  type RouteDisagreement,
} from './routes/compare-routes.ts';
export type { Reach } from './space/universe.ts';
