import {
  type Change,
  compare,
  type Listener,
  type LoadBalancer,
  type ReadLoadBalancers,
  readTerraform,
  type Rule,
} from '@gatehouse/listener';
import { type Finding, type Severity, type Source } from '../model.ts';
import { type Links } from '../plan/links.ts';
import { type StackPlan } from '../plan/model.ts';
import { namedBy } from '../plan/named-by.ts';
import { describeAnswer } from './describe-answer.ts';
import { keptFromDrift, partOfDrift } from './drifted-listener.ts';
import { mergeLoadBalancing, splitAddress, withStacks } from './merge.ts';
import { describeRewriting, isRewrittenOpenly } from './rewriting.ts';
import { sessionFindings } from './session-findings.ts';

/** Where a finding is, from an address in the merged plan. */
export type Locate = (address: string) => Pick<Finding, 'stack' | 'address' | 'source'>;

/** Who gets where through the load balancers of all stacks, before and after: exactly, with a request for each difference. */
export function listenerFindings(plans: readonly StackPlan[], links: Links): readonly Finding[] {
  const reading = readTerraform(mergeLoadBalancing(plans, links));
  if (reading.kind !== 'plan') return [];
  const applied = asApplied(plans, links) ?? reading.before;
  const sources = new Map<string, Source>(
    plans.flatMap(({ changes }) =>
      changes.flatMap(({ stack, address, source }) =>
        source === undefined ? [] : [[`${stack}/${address}`, source] as const],
      ),
    ),
  );
  const locate: Locate = (address) => {
    const place = splitAddress(address, plans);
    const source = sources.get(`${place.stack}/${place.address}`);
    return { ...place, ...(source === undefined ? {} : { source }) };
  };
  const hosts = hostsOf(plans, links);
  const sides = [applied, reading.before, reading];
  const balancers = new Set(sides.flatMap(({ loadBalancers }) => loadBalancers).map(({ address }) => address));
  const compared = [...balancers].flatMap((address) => {
    const [was, before, after] = sides.map((side) => balancerOf(side, address));
    const standing = { isNew: before === undefined, locate, hosts };
    return portsOf(was, before, after).flatMap((port) => {
      const [first, now, planned] = [was, before, after].map((side) => listenerOn(side, port));
      return [
        ...portFindings(now, planned, { ...standing, applied: was === before ? undefined : first }),
        ...keptFromDrift({ applied: first, now, planned }, standing),
      ];
    });
  });
  const named = compared.map((finding) => ({ ...finding, reading: withStacks(finding.reading, plans) }));
  return [...named, ...problemFindings(reading, locate, plans)];
}

/** Undefined where nobody changed anything outside of Terraform. */
function asApplied(plans: readonly StackPlan[], links: Links): ReadLoadBalancers | undefined {
  if (plans.every(({ appliedLoadBalancing }) => appliedLoadBalancing === undefined)) return undefined;
  const applied = plans.map((plan) => ({ ...plan, loadBalancing: plan.appliedLoadBalancing ?? plan.loadBalancing }));
  const reading = readTerraform(mergeLoadBalancing(applied, links));
  return reading.kind === 'plan' ? reading.before : undefined;
}

/** The names under which people know the load balancers: an example with one of them can be tried. */
function hostsOf(plans: readonly StackPlan[], links: Links): readonly string[] {
  const changes = plans.flatMap((plan) => plan.changes);
  const balancers = new Set(
    changes.filter(({ type }) => /^aws_a?lb$/.test(type)).map(({ stack, address }) => `${stack}/${address}`),
  );
  const names = changes
    .filter(({ type }) => type === 'aws_route53_record')
    .filter((record) =>
      ['alias', 'records'].some((name) => namedBy(record, name, links).some((each) => balancers.has(each))),
    )
    .map(({ before, after }) => (after ?? before)?.['name']);
  return [...new Set(names.filter((name) => typeof name === 'string'))].toSorted();
}

function balancerOf({ loadBalancers }: ReadLoadBalancers, address: string): LoadBalancer | undefined {
  return loadBalancers.find((balancer) => balancer.address === address);
}

function portsOf(...sides: readonly (LoadBalancer | undefined)[]): readonly number[] {
  const ports = sides.flatMap((side) => side?.listeners.map(({ port }) => port) ?? []);
  return [...new Set(ports)].toSorted((one, other) => one - other);
}

function listenerOn(balancer: LoadBalancer | undefined, port: number): Listener | undefined {
  return balancer?.listeners.find((listener) => listener.port === port);
}

interface Standing {
  /** The load balancer is made by this plan. */
  readonly isNew: boolean;
  readonly locate: Locate;
  readonly hosts: readonly string[];
  /** As it was last applied, where it was changed outside of Terraform since. */
  readonly applied?: Listener | undefined;
}

function portFindings(
  before: Listener | undefined,
  after: Listener | undefined,
  standing: Standing,
): readonly Finding[] {
  const listener = after ?? before;
  if (listener === undefined) return [];
  const { locate, hosts } = standing;
  const { changes, undecided } = compare(before, after, { hosts });
  const unread = undecided.map(({ rule, why }): Finding => ({
    ...locate(rule),
    section: 'access',
    severity: 'stop',
    kind: 'undecided',
    reading: `Whom it lets through cannot be said, so that it may be anybody: ${why}`,
  }));
  return [
    ...changes.map((change) => changeFinding(change, listener, standing)),
    ...unread,
    ...sessionFindings(before, after, locate),
  ];
}

const severities: Readonly<Record<Change['effect'], Severity>> = { opens: 'stop', closes: 'look', other: 'look' };
const meanings: Readonly<Record<Change['effect'], string>> = {
  opens: 'Becomes reachable without a login',
  closes: 'Ceases to be reachable without a login',
  other: 'Is answered in another way',
};

function changeFinding(
  change: Change,
  { protocol, port }: Listener,
  { isNew, locate, applied }: Pick<Standing, 'isNew' | 'locate' | 'applied'>,
): Finding {
  const { before, after, effect, witness } = change;
  const guilty = after.rule === '' ? before.rule : after.rule;
  const rewritten = isRewrittenOpenly(before.answer, after.answer);
  const opening = rewritten || effect === 'opens';
  const severity = isNew ? (opening ? 'look' : 'note') : opening ? 'stop' : severities[effect];
  const meaning = rewritten
    ? `Other addresses of the application become reachable without a login${describeRewriting(witness, before.answer, after.answer)}`
    : meanings[effect];
  return {
    ...locate(guilty),
    section: 'access',
    severity,
    kind: rewritten ? 'rewritten' : effect === 'other' ? 'answers-differently' : effect,
    reading: `${meaning}${applied === undefined ? '' : partOfDrift(applied, change)}: ${withoutRequest(change.reading)}`,
    rule: locate(guilty).address,
    witness: {
      kind: 'request',
      protocol,
      port,
      request: witness,
      before: describeAnswer(before.answer),
      after: describeAnswer(after.answer),
    },
  };
}

/** The request stands beside it, as a witness. No part of what is told of it holds a colon and a space. */
function withoutRequest(reading: string): string {
  // A reference is written as a text that Terraform would not evaluate again.
  return reading.slice(reading.lastIndexOf(': ') + 2).replaceAll('$${', '${');
}

/**
 * What of the load balancers could not be read after the apply. What could not be read before either is no news, as long
 * as nothing of any load balancer changes: else it may hide what the change does.
 */
function problemFindings(
  { before, problems, loadBalancers }: ReadLoadBalancers & { readonly before: ReadLoadBalancers },
  locate: Locate,
  plans: readonly StackPlan[],
): readonly Finding[] {
  const changed = new Set(
    plans.flatMap(({ changes }) =>
      changes.flatMap(({ stack, address, type, action }) =>
        isBalancing(type) && action !== 'no-op' ? [`${stack}/${address}`] : [],
      ),
    ),
  );
  if (changed.size === 0) return [];
  const known = new Set(before.problems.map(({ message }) => message));
  const unread = new Set(
    loadBalancers
      .flatMap(({ listeners }) => listeners.flatMap(rulesOf))
      .filter(isUnread)
      .map(({ address }) => address),
  );
  return problems.flatMap(({ address, message }): readonly Finding[] => {
    const place = locate(address);
    const isNews = !known.has(message) || changed.has(`${place.stack}/${place.address}`);
    // Rules that were not read are findings by themselves.
    if (isNews && unread.has(address)) return [];
    return [
      {
        ...place,
        section: 'access',
        severity: isNews ? 'stop' : 'look',
        kind: 'undecided',
        reading: `What it does to requests cannot be read, and it may let anybody in: ${withStacks(message, plans).replace(/\.$/, '')}`,
      },
    ];
  });
}

function isBalancing(type: string): boolean {
  return /^aws_a?lb(?:_|$)/.test(type);
}

function rulesOf({ rules }: Listener): readonly Rule[] {
  return rules;
}

function isUnread({ unread }: Rule): boolean {
  return unread !== undefined;
}
