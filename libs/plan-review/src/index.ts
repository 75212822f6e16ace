export type { ChangedResource } from './changes/changed-resource.ts';
export type { Drifted } from './changes/drift.ts';
export type { Difference } from './changes/difference.ts';
export type { Cost, CostLine } from './cost/cost.ts';
export { type PriceTable, prices, readPrices } from './cost/price-table.ts';
export { ReviewError, type ReviewErrorCode } from './errors.ts';
export { parseWaivers, type Waiver } from './loss/waiver.ts';
export type { Finding, Section, Severity, Source, Waived, Witness } from './model.ts';
export { parseAssumptions } from './plan/assumptions.ts';
export type { Assumption } from './plan/model.ts';
export { parsePlan } from './plan/parse-plan.ts';
export { sourcesOf } from './plan/sources.ts';
export { LIMIT, renderMarkdown, verdictLine } from './render/markdown.ts';
export { renderJson } from './render/json.ts';
export {
  type Review,
  review,
  type ReviewedStack,
  type ReviewOptions,
  type StackInput,
  type Verdict,
} from './review.ts';
