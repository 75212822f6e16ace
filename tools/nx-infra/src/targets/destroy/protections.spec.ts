import { describe, expect, it } from '@jest/globals';

import { type SynthesizedStack } from '../../synth/manifest.ts';
import { readPlan } from '../deploy/plan-json.ts';
import { protectedBySources, protectedOnAws, requireUnprotected } from './protections.ts';

const stack = (lifecycle: object): SynthesizedStack => ({
  name: 'ecr',
  dependencies: [],
  terraform: { provider: {}, resource: { aws_ecr_repository: { app: { lifecycle } } }, data: {}, output: {} },
});
const plan = (type: string, before: object, actions = ['delete']) =>
  readPlan({ applyable: true, resource_changes: [{ address: `${type}.it`, type, change: { actions, before } }] });

describe('protectedBySources', () => {
  it.each(['aws_ecr_repository.app', 'aws_ecr_repository.app[0]'])('has %s', (address) => {
    expect(protectedBySources(stack({ prevent_destroy: true }), [address])).toEqual([
      { stack: 'ecr', address: 'aws_ecr_repository.app', by: 'prevent_destroy' },
    ]);
  });

  it('has not what does not exist, or is not protected', () => {
    expect(protectedBySources(stack({ prevent_destroy: true }), ['aws_ecr_repository.apple'])).toEqual([]);
    expect(protectedBySources(stack({ prevent_destroy: false }), ['aws_ecr_repository.app'])).toEqual([]);
    expect(protectedBySources(stack({}), ['aws_ecr_repository.app'])).toEqual([]);
  });
});

describe('protectedOnAws', () => {
  it.each([
    ['aws_lb', { enable_deletion_protection: true }],
    ['aws_cognito_user_pool', { deletion_protection: 'ACTIVE' }],
  ])('has a protected %s', (type, before) => {
    expect(protectedOnAws('it', plan(type, before))).toHaveLength(1);
    expect(protectedOnAws('it', plan(type, before, ['no-op']))).toEqual([]);
  });

  it.each([
    ['aws_lb', { enable_deletion_protection: false }],
    ['aws_cognito_user_pool', { deletion_protection: 'INACTIVE' }],
    ['aws_vpc', { enable_deletion_protection: true }],
  ])('has not a %s without', (type, before) => {
    expect(protectedOnAws('it', plan(type, before))).toEqual([]);
  });
});

it('says how protection is lifted', () => {
  requireUnprotected('prod', []);
  expect(() => requireUnprotected('prod', [{ stack: 'alb', address: 'aws_lb.alb', by: 'x' }])).toThrow(
    expect.objectContaining({ code: 'PROTECTED', message: expect.stringContaining('stacks/environments/prod.ts') }),
  );
});
