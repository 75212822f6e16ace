import { listenerFindings } from './access/listener-findings.ts';
import { placementFindings } from './access/placement-findings.ts';
import { poolFindings } from './access/pool-findings.ts';
import { type ChangedResource, changedResources, compareText } from './changes/changed-resource.ts';
import { canonical, type Difference } from './changes/difference.ts';
import { type Drifted, driftOf } from './changes/drift.ts';
import { planFindings } from './changes/plan-notes.ts';
import { changesSinceApply, keptFindings } from './changes/since-apply.ts';
import { type Cost, costOf } from './cost/cost.ts';
import { prices as usualPrices, type PriceTable } from './cost/price-table.ts';
import { ReviewError } from './errors.ts';
import { lossFindings } from './loss/loss.ts';
import { retentionFindings } from './loss/retention.ts';
import { applyWaivers, type Waiver } from './loss/waiver.ts';
import { type Finding, type Section, type Severity, type Source } from './model.ts';
import { securityGroupFindings } from './network/security-group-findings.ts';
import { type Links, linksOf } from './plan/links.ts';
import { type Assumption, type ResourceChange } from './plan/model.ts';
import { namingAssumed } from './plan/naming-assumed.ts';
import { readPlanDocument } from './plan/parse-plan.ts';
import { readPlan } from './plan/read-plan.ts';
import { collectSecrets } from './secrets/collect.ts';
import { Secrets } from './secrets/secrets.ts';
import { taintOf } from './secrets/taint.ts';
import { federationFindings } from './widening/federation-findings.ts';
import { policyFindings } from './widening/policy-findings.ts';
import { switchFindings } from './widening/switch-findings.ts';

/** The plan of one stack, and what is known about it besides. */
export interface StackInput {
  /** Different from all others. */
  readonly stack: string;
  /** What `terraform show -json` prints, parsed; raw or already without secrets. */
  readonly plan: unknown;
  /** @default [] */
  readonly assumptions?: readonly Assumption[];
  /** Where resources are written, by address without the keys of instances. @default nowhere known */
  readonly sources?: ReadonlyMap<string, Source>;
}

export interface ReviewOptions {
  /** @default [] */
  readonly waivers?: readonly Waiver[];
  /** The day it is, in UTC, as 2026-11-22: for the expiry of waivers alone. */
  readonly today: string;
  /** @default the table of this package */
  readonly prices?: PriceTable;
}

export type Verdict = 'safe' | 'look' | 'stop';

export interface ReviewedStack {
  readonly stack: string;
  readonly assumptions: readonly Pick<Assumption, 'name' | 'because'>[];
  readonly changes: readonly ChangedResource[];
  readonly drift: readonly Drifted[];
  /** What it hands on to others, where that changes; the path is the output's name. */
  readonly outputs: readonly Difference[];
}

/** What changes, over all stacks. It holds no secret of any plan. */
export interface Review {
  readonly version: 1;
  readonly verdict: Verdict;
  readonly counts: Readonly<Record<Severity, number>>;
  /** By section, severity, stack and address. */
  readonly findings: readonly Finding[];
  /** By name. */
  readonly stacks: readonly ReviewedStack[];
  readonly cost: Cost;
}

/**
 * Reviews the plans of many stacks as one change. Gives the same review for the same input, in whatever order.
 *
 * @throws ReviewError for a plan that cannot be read as a whole: it is refused by its name, and nothing is reviewed
 */
export function review(
  inputs: readonly StackInput[],
  { waivers = [], today, prices = usualPrices }: ReviewOptions,
): Review {
  const ordered = inputs.toSorted((one, other) => compareText(one.stack, other.stack));
  refuseNames(ordered);
  const named = ordered.map((input) => ({ ...input, plan: readPlanDocument(input.plan, input.stack) }));
  const secrets = new Secrets();
  for (const { plan } of named) collectSecrets(plan, secrets);
  const taint = taintOf(named);
  const read = (input: (typeof named)[number]) =>
    readPlan(input, { secrets, taint, assumptions: input.assumptions ?? [], sources: input.sources ?? new Map() });
  // What is secret by its name or by a reference is known after a first reading, and then is wherever it occurs.
  const found = secrets.count;
  const once = named.map(read);
  const plans = secrets.count === found ? once : named.map(read);

  const changes = plans.flatMap((plan) => plan.changes);
  const links = linksOf(plans);
  const permitted = permittedBy(changes, links);
  const since = plans.flatMap(changesSinceApply);
  const hasDrifted = since.some((change, index) => change !== changes[index]);
  const findings = applyWaivers(
    [
      ...listenerFindings(plans, links),
      ...permitted,
      ...(hasDrifted ? keptFindings(permittedBy(since, links), permitted) : []),
      ...plans.flatMap(lossFindings),
      ...retentionFindings(changes),
      ...plans.flatMap(planFindings),
    ],
    waivers,
    today,
  );
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const counts = { stop: count('stop'), look: count('look'), note: count('note') };
  const reviewed: Review = {
    version: 1,
    verdict: counts.stop > 0 ? 'stop' : counts.look > 0 ? 'look' : 'safe',
    counts,
    findings: findings.toSorted(order),
    stacks: plans.map(({ stack, assumptions, changes: all, drift, outputs }) => ({
      stack,
      assumptions: assumptions.map(({ name, because }) => ({ name, because })),
      changes: changedResources(all),
      drift: driftOf({ drift, changes: all }),
      outputs: outputs.flatMap(({ name, before, after }) =>
        canonical(before) === canonical(after) ? [] : [{ path: name, before, after }],
      ),
    })),
    cost: costOf(plans, links, prices),
  };
  const withNames = namingAssumed(plans);
  return cleaned(reviewed, (text) => secrets.clean(withNames(text))) as Review;
}

/** Who may do and reach more, but for what load balancers answer. */
function permittedBy(changes: readonly ResourceChange[], links: Links): readonly Finding[] {
  return [
    ...securityGroupFindings(changes, links),
    ...switchFindings(changes),
    ...poolFindings(changes),
    ...placementFindings(changes),
    ...policyFindings(changes),
    ...federationFindings(changes),
  ];
}

function refuseNames(inputs: readonly StackInput[]): void {
  if (inputs.length === 0) {
    throw new ReviewError('NO_PLANS', '', {
      what: 'There is no plan to review',
      why: 'A review of nothing would look like a review that found nothing',
      mend: 'Give the plan of at least one stack',
    });
  }
  const twice = inputs.find(({ stack }, index) => inputs[index + 1]?.stack === stack);
  if (twice === undefined) return;
  throw new ReviewError('STACK_TWICE', twice.stack, {
    what: 'Two plans go by this name',
    why: 'Nobody could tell which of them a finding is about',
    mend: 'Name them apart, as in one=a/plan.json two=b/plan.json',
  });
}

const sections: readonly Section[] = ['access', 'loss', 'widening', 'changes'];
const severities: readonly Severity[] = ['stop', 'look', 'note'];

function order(one: Finding, other: Finding): number {
  return (
    sections.indexOf(one.section) - sections.indexOf(other.section) ||
    severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
    compareText(one.stack, other.stack) ||
    compareText(one.address, other.address) ||
    compareText(one.kind, other.kind) ||
    compareText(one.reading, other.reading)
  );
}

/** Once more, of every text: what was put together from parts may hold what no part held. */
function cleaned(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((item) => cleaned(item, clean));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [clean(key), cleaned(item, clean)]));
}
