import { describe, expect, it } from '@jest/globals';
import { review } from '../review.ts';
import { World } from '../testdata/world.ts';
import { holdingOf } from './holdings.ts';

const losses = (world: World) =>
  review(world.inputs(), { today: '2026-11-22' }).findings.filter(({ section }) => section === 'loss');

describe('what is lost', () => {
  it('is said with what it holds, why, and from what to what', () => {
    const world = new World().replace('cognito', 'aws_cognito_user_pool.pool', 'username_attributes', (pool) => {
      pool['username_attributes'] = ['phone_number'];
    });
    expect(losses(world)[0]?.reading).toBe(
      'It is replaced, because username_attributes goes from ["email"] to ["phone_number"]. With it goes all users with their ' +
        'passwords, groups and second factors; its deletion protection is on, so that the apply will fail there',
    );
  });

  it('may be a rename, which a moved block would save', () => {
    const world = new World()
      .destroy('ecr', 'aws_ecr_repository.app')
      .create('ecr', 'aws_ecr_repository.application', 'aws_ecr_repository.app');
    expect(losses(world)[0]?.reading).toContain('aws_ecr_repository.application is created in its image');
    const other = new World()
      .destroy('ecr', 'aws_ecr_repository.app')
      .create(
        'ecr',
        'aws_ecr_repository.application',
        'aws_ecr_repository.app',
        (after) => (after['name'] = 'another'),
      );
    expect(losses(other)[0]?.reading).not.toContain('in its image');
  });

  it('says what became of the configuration', () => {
    expect(losses(new World().destroy('alb', 'aws_lb_listener_rule.api_1'))[0]?.reading).toContain(
      'because it is no longer in the configuration',
    );
  });
});

describe('holdingOf', () => {
  it.each([
    ['aws_cognito_user_pool', 'data'],
    ['aws_cognito_user_pool_client', 'service'],
    ['aws_s3_bucket', 'data'],
    ['aws_s3_bucket_policy', 'nothing'],
    ['aws_cloudwatch_log_group', 'data'],
    ['google_sql_database_instance', 'data'],
  ])('%s: %s', (type, kind) => {
    expect(holdingOf(type).kind).toBe(kind);
  });
});
