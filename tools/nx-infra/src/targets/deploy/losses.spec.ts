import { describe, expect, it } from '@jest/globals';

import { lossesOf, requireAllowed } from './losses.ts';
import { readPlan } from './plan-json.ts';

const plan = (type: string, actions: readonly string[], mode = 'managed') =>
  readPlan({ applyable: true, resource_changes: [{ address: `${type}.it`, mode, type, change: { actions } }] });

describe('lossesOf', () => {
  it.each([
    [['delete'], 'destroy'],
    [['delete', 'create'], 'replace'],
    [['create', 'delete'], 'replace'],
  ])('takes %j of a user pool for a loss', (actions, action) => {
    expect(lossesOf('cognito', plan('aws_cognito_user_pool', actions))).toMatchObject([
      { stack: 'cognito', address: 'aws_cognito_user_pool.it', action },
    ]);
  });

  it.each([['create'], ['update'], ['no-op'], ['forget']])('takes %s for none', (action) => {
    expect(lossesOf('cognito', plan('aws_cognito_user_pool', [action]))).toEqual([]);
  });

  it('is not about what can be made again, nor about what is only read', () => {
    expect(lossesOf('ecs', plan('aws_ecs_task_definition', ['delete', 'create']))).toEqual([]);
    expect(lossesOf('ecs', plan('aws_s3_bucket', ['delete'], 'data'))).toEqual([]);
  });
});

describe('requireAllowed', () => {
  const losses = [
    ...lossesOf('ecr', plan('aws_ecr_repository', ['delete'])),
    ...lossesOf('alb', plan('aws_lb', ['delete'])),
  ];

  it('refuses what was not named, and says how it is', () => {
    expect(() => requireAllowed(losses, ['aws_lb.it'])).toThrow(
      expect.objectContaining({
        code: 'REPLACE_REFUSED',
        message: expect.stringMatching(
          /aws_ecr_repository\.it: destroy \(the images\)[^]*--allow-replace=aws_ecr_repository\.it\./,
        ),
      }),
    );
    expect(() => requireAllowed(losses, ['aws_lb', 'aws_ecr_repository.*'])).toThrow('aws_lb.it');
  });

  it('lets pass what was', () => {
    requireAllowed(losses, ['aws_lb.it', 'aws_ecr_repository.it']);
    requireAllowed([], []);
  });
});

it('takes a plan that does not say what it is for none', () => {
  expect(() => readPlan({ resource_changes: [] })).toThrow('applyable');
});
