import { z } from 'zod';
import { canonical } from '../changes/difference.ts';
import { canonicalCondition, conditionCovers } from './condition.ts';
import { globCovers } from './glob.ts';

/** One thing that a policy says of one principal, one action and one resource. */
export interface Grant {
  readonly effect: 'Allow' | 'Deny';
  /** `*`, `AWS:arn:…`, `Service:…`; empty in the policy of an identity. */
  readonly principal: string;
  /** In lower case, as IAM compares. A `Not…` element is the whole of itself. */
  readonly action: string;
  /** As it is written. */
  readonly spelled: string;
  readonly resource: string;
  /** Canonical JSON; empty for none. */
  readonly condition: string;
}

const list = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? [value] : value));
const principals = z.union([
  z.string().transform((all) => [all]),
  z
    .record(z.string(), list)
    .transform((kinds) =>
      Object.entries(kinds).flatMap(([kind, names]) =>
        names.map((name) => (name === '*' && kind === 'AWS' ? '*' : `${kind}:${name}`)),
      ),
    ),
]);

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html. */
const statement = z.looseObject({
  Effect: z.enum(['Allow', 'Deny']),
  Principal: principals.optional(),
  NotPrincipal: z.unknown().optional(),
  Action: list.optional(),
  NotAction: list.optional(),
  Resource: list.optional(),
  NotResource: list.optional(),
  Condition: z.unknown().optional(),
});
const document = z.looseObject({
  Statement: z.preprocess((value) => (Array.isArray(value) ? (value as unknown[]) : [value]), z.array(statement)),
});

/**
 * The grants of a policy document, as text or as an object.
 *
 * @returns undefined where it is no policy that can be read
 */
export function grantsOf(policy: unknown): readonly Grant[] | undefined {
  const parsed = document.safeParse(typeof policy === 'string' ? json(policy) : policy);
  if (!parsed.success) return undefined;
  return parsed.data.Statement.flatMap((each) => {
    const condition = each.Condition === undefined ? '' : canonicalCondition(each.Condition);
    const who = each.NotPrincipal === undefined ? (each.Principal ?? ['']) : [`not ${canonical(each.NotPrincipal)}`];
    const actions = each.Action ?? [`not ${canonical(each.NotAction)}`];
    const resources = each.Resource ?? (each.NotResource === undefined ? [''] : [`not ${canonical(each.NotResource)}`]);
    return who.flatMap((principal) =>
      actions.flatMap((action) =>
        resources.map((resource): Grant => ({
          effect: each.Effect,
          principal,
          action: action.toLowerCase(),
          spelled: action,
          resource,
          condition,
        })),
      ),
    );
  });
}

/** What is newly permitted: allowed and not allowed before, or denied before and no longer. */
export interface Widened {
  readonly allowed: readonly Grant[];
  readonly noLongerDenied: readonly Grant[];
}

export function widened(before: readonly Grant[], after: readonly Grant[]): Widened {
  const of = (grants: readonly Grant[], effect: Grant['effect']) => grants.filter((grant) => grant.effect === effect);
  return {
    allowed: minimal(without(of(after, 'Allow'), of(before, 'Allow'))),
    noLongerDenied: minimal(without(of(before, 'Deny'), of(after, 'Deny'))),
  };
}

function without(grants: readonly Grant[], others: readonly Grant[]): readonly Grant[] {
  return grants.filter((grant) => !others.some((other) => covers(other, grant)));
}

/** Each that another of them covers is left out. */
function minimal(grants: readonly Grant[]): readonly Grant[] {
  return grants.filter(
    (grant, index) =>
      !grants.some((other, at) => at !== index && covers(other, grant) && (at < index || !covers(grant, other))),
  );
}

function covers(one: Grant, other: Grant): boolean {
  return (
    (one.principal === '*' || one.principal === other.principal) &&
    patternCovers(one.action, other.action) &&
    patternCovers(one.resource, other.resource) &&
    conditionCovers(one.condition, other.condition)
  );
}

/** A `Not…` element covers nothing but itself. */
function patternCovers(one: string, other: string): boolean {
  if (one === other) return true;
  return !one.startsWith('not ') && !other.startsWith('not ') && globCovers(one, other);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
