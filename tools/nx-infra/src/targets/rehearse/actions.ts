import { type Action, type RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';

import { hasExpression } from '../../terraform/expression.ts';
import { type Body } from './described.ts';

/** What a listener or a rule does, or asks for, in a form in which two can be compared. */
export type Comparable = Readonly<Record<string, unknown>>;

/** Settings that Terraform's JSON gives as references, and the SDK as names of what they refer to. */
const REFERENCES = ['UserPoolArn', 'UserPoolClientId', 'UserPoolDomain'];

/** Actions of the synthesized JSON, in their order. */
export function describedActions(actions: readonly Body[]): readonly Comparable[] {
  return actions.map(({ type, order: _order, target_group_arn: _targets, ...settings }) => ({
    type,
    ...inWordsOfTheSdk(settings),
  }));
}

/** Actions as the SDK has them, in their order. */
export function foundActions(actions: readonly Action[]): readonly Comparable[] {
  return [...actions]
    .sort((one, other) => (one.Order ?? 0) - (other.Order ?? 0))
    .map(({ Type, RedirectConfig, FixedResponseConfig, AuthenticateCognitoConfig, AuthenticateOidcConfig }) => ({
      type: Type,
      ...settingsOf({ RedirectConfig, FixedResponseConfig, AuthenticateCognitoConfig, AuthenticateOidcConfig }),
    }));
}

/** Conditions of the synthesized JSON, in any order. */
export function describedConditions(conditions: readonly Body[]): readonly Comparable[] {
  return inOrder(conditions.map((condition) => inWordsOfTheSdk(condition)));
}

/** Conditions as the SDK has them. */
export function foundConditions(conditions: readonly RuleCondition[]): readonly Comparable[] {
  return inOrder(conditions.map(({ Field: _field, Values: _values, ...configs }) => settingsOf(configs)));
}

/** `path_pattern: { values }` as `PathPatternConfig: { Values }`. */
function inWordsOfTheSdk(settings: Body): Comparable {
  const entries = Object.entries(settings).map(([name, values]) => {
    const words = Object.entries(values as Body).map(([key, value]) => [pascal(key), value] as const);
    return [`${pascal(name)}Config`, comparable(Object.fromEntries(words))] as const;
  });
  return Object.fromEntries(entries);
}

function settingsOf(configs: Readonly<Record<string, unknown>>): Comparable {
  const given = Object.entries(configs).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, comparable(value as Body)]));
}

/** Numbers as text and names in order, as the two write them differently; without references and what AWS adds. */
function comparable(settings: Body): Comparable {
  const entries = Object.entries(settings)
    .filter(([name, value]) => !REFERENCES.includes(name) && value !== undefined && !isAdded(name, value))
    .map(([name, value]) => [name, Array.isArray(value) ? [...(value as unknown[])].sort() : String(value)] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => one.localeCompare(other)));
}

/** A redirect keeps host, path and query where it is not told otherwise (ELBv2 API, RedirectActionConfig). */
function isAdded(name: string, value: unknown): boolean {
  if (typeof value === 'string' && hasExpression(value)) throw new TypeError(`${name} is known to Terraform alone.`);
  return ['#{host}', '/#{path}', '#{query}'].includes(value as string);
}

function pascal(name: string): string {
  return name.replace(/(?:^|_)([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

function inOrder(values: readonly Comparable[]): readonly Comparable[] {
  return [...values].sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
}
