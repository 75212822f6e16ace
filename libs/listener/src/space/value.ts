import { formatIp } from '../address/ip.ts';
import { everyIp, hasIp, intersect, type IpSet, subtract } from '../address/ip-set.ts';
import { readIp } from '../address/ip.ts';
import { type Budget } from '../language/budget.ts';
import { shortestText } from '../language/shortest.ts';
import { type Constraint, type Dimension } from './constraint.ts';
import { type Reach, type TextPart, universeOf } from './universe.ts';

/** What is asked of one part of a request: to meet all of some constraints, and none of others. */
export interface PartQuestion {
  readonly dimension: Dimension;
  readonly meet: readonly Constraint[];
  readonly avoid: readonly Constraint[];
}

/** What an example is made of where there is a choice. */
export interface Taste {
  /** In lower case; the first that will do is taken. */
  readonly hosts: readonly string[];
}

/**
 * The simplest value of a part: one text or, of a query and of a header, any number of them. Undefined when there is none.
 *
 * @throws BudgetExceeded
 */
export function valueOf(
  question: PartQuestion,
  reach: Reach,
  taste: Taste,
  budget: Budget,
): readonly string[] | undefined {
  const { dimension, meet, avoid } = question;
  switch (dimension) {
    case 'method':
      return single(methodOf(meet, avoid, reach));
    case 'source':
      return single(sourceOf(meet, avoid));
    case 'host':
    case 'path':
      return single(textOf(dimension, meet, avoid, { reach, taste, budget }));
    default:
      return textsOf(dimension === 'query' ? 'query' : 'header', meet, avoid, reach, budget);
  }
}

function single(value: string | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : [value];
}

const languages = (constraints: readonly Constraint[]) =>
  constraints.flatMap((constraint) =>
    constraint.kind === 'text' || constraint.kind === 'some' ? [constraint.language] : [],
  );

function textOf(
  part: 'host' | 'path',
  meet: readonly Constraint[],
  avoid: readonly Constraint[],
  { reach, taste, budget }: { readonly reach: Reach; readonly taste: Taste; readonly budget: Budget },
): string | undefined {
  const question = { universe: universeOf(part, reach), within: languages(meet), outside: languages(avoid) };
  if (part === 'host') {
    const preferred = taste.hosts.find(
      (host) =>
        [question.universe, ...question.within].every((language) => language.accepts(host)) &&
        !question.outside.some((language) => language.accepts(host)),
    );
    if (preferred !== undefined) return preferred;
  }
  return shortestText(question, budget);
}

/**
 * Each constraint is met by a text of its own, or by one found for another: the texts are independent of each other, so
 * that this is exact. None has to be there where nothing is to be met.
 */
function textsOf(
  part: TextPart,
  meet: readonly Constraint[],
  avoid: readonly Constraint[],
  reach: Reach,
  budget: Budget,
): readonly string[] | undefined {
  const outside = languages(avoid);
  const texts: string[] = [];
  for (const language of languages(meet)) {
    if (texts.some((text) => language.accepts(text))) continue;
    const text = shortestText({ universe: universeOf(part, reach), within: [language], outside }, budget);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return texts;
}

const usualMethods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'PROPFIND'];

/** A `TRACE` gets 405 before any rule is asked. Source: User Guide, "HTTP 405: Method not allowed". */
function methodOf(meet: readonly Constraint[], avoid: readonly Constraint[], reach: Reach): string | undefined {
  const namesOf = (constraints: readonly Constraint[]) =>
    constraints.flatMap((constraint) => (constraint.kind === 'methods' ? [constraint.names] : []));
  const [wanted, unwanted] = [namesOf(meet), namesOf(avoid)];
  const named = new Set([...wanted, ...unwanted].flatMap((names) => [...names]));
  const longest = Math.max(0, ...[...named].map(({ length }) => length));
  const candidates = [...usualMethods, ...named, ...(reach === 'any' ? ['X'.repeat(longest + 1)] : [])];
  return candidates.find(
    (method) =>
      method !== 'TRACE' && wanted.every((names) => names.has(method)) && !unwanted.some((names) => names.has(method)),
  );
}

/** Addresses for documentation (RFC 5737, RFC 3849). */
const usualSources = ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1'].flatMap((text) => readIp(text) ?? []);

function sourceOf(meet: readonly Constraint[], avoid: readonly Constraint[]): string | undefined {
  const rangesOf = (constraints: readonly Constraint[]) =>
    constraints.flatMap((constraint) => (constraint.kind === 'sources' ? [constraint.ranges] : []));
  const wanted = rangesOf(meet).reduce<IpSet>(intersect, everyIp);
  const left = subtract(wanted, rangesOf(avoid).flat());
  const usual = usualSources.find((address) => hasIp(left, address));
  if (usual !== undefined) return formatIp(usual);
  const [range] = left;
  return range && formatIp({ family: range.family, number: range.first });
}
