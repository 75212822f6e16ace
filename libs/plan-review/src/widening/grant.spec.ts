import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Grant, grantsOf, widened } from './grant.ts';

const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (more: object): object => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...more });
const newly = (before: string, after: string): readonly Grant[] =>
  widened(grantsOf(before) ?? [], grantsOf(after) ?? []).allowed;

describe('widened', () => {
  it.each<[string, object[], object[], number]>([
    [
      'the same in another order and spelling',
      [allow({ Action: ['s3:GetObject', 's3:PutObject'] })],
      [allow({ Action: 'S3:putobject' }), allow({})],
      0,
    ],
    ['an action more', [allow({})], [allow({ Action: ['s3:GetObject', 's3:PutObject'] })], 1],
    ['a wildcard over what was there', [allow({})], [allow({ Action: 's3:*' })], 1],
    ['less than a wildcard', [allow({ Action: 's3:*' })], [allow({})], 0],
    ['a condition more', [allow({})], [allow({ Condition: { Bool: { x: 'true' } } })], 0],
    ['a condition less', [allow({ Condition: { Bool: { x: 'true' } } })], [allow({})], 1],
    [
      'another condition',
      [allow({ Condition: { Bool: { x: 'true' } } })],
      [allow({ Condition: { Bool: { y: 'true' } } })],
      1,
    ],
    [
      'a principal more',
      [allow({ Principal: { AWS: 'arn:a' } })],
      [allow({ Principal: { AWS: ['arn:a', 'arn:b'] } })],
      1,
    ],
    ['everybody', [allow({ Principal: { AWS: 'arn:a' } })], [allow({ Principal: '*' })], 1],
    ['one of everybody', [allow({ Principal: { AWS: '*' } })], [allow({ Principal: { AWS: 'arn:a' } })], 0],
    ['all but an action', [allow({ Action: '*' })], [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], 1],
    [
      'the same but for an action',
      [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
      [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
      0,
    ],
    ['all but a resource', [allow({})], [{ Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:x' }], 1],
    ['a wildcard beside what it covers', [], [allow({}), allow({ Action: 's3:*' })], 1],
  ])('%s', (_, before, after, count) => {
    expect(newly(policy(...before), policy(...after))).toHaveLength(count);
  });

  it('sees a denial that goes', () => {
    const deny = { Effect: 'Deny', Action: 's3:*', Resource: '*', Principal: '*' };
    const before = grantsOf(policy(allow({}), deny)) ?? [];
    expect(widened(before, grantsOf(policy(allow({}))) ?? []).noLongerDenied).toHaveLength(1);
    expect(widened(grantsOf(policy(allow({}))) ?? [], before).noLongerDenied).toEqual([]);
  });

  it('permits nothing new where nothing but order changes', () => {
    const grant = fc.record({
      Effect: fc.constantFrom('Allow', 'Deny'),
      Action: fc.array(fc.constantFrom('s3:*', 's3:Get*', 'iam:PassRole'), { minLength: 1 }),
      Resource: fc.constantFrom('*', 'arn:a', 'arn:a/*'),
    });
    fc.assert(
      fc.property(fc.array(grant, { minLength: 1 }), (statements) => {
        const before = grantsOf({ Statement: statements }) ?? [];
        const after =
          grantsOf({
            Statement: statements.toReversed().map((each) => ({ ...each, Action: each.Action.toReversed() })),
          }) ?? [];
        expect(widened(before, after)).toEqual({ allowed: [], noLongerDenied: [] });
      }),
    );
  });
});

describe('grantsOf', () => {
  it.each(['no JSON', '{"Statement":[{"Effect":"Perhaps"}]}', '{}', '[]', 'null'])('reads no policy in %s', (text) => {
    expect(grantsOf(text)).toBeUndefined();
  });
});
