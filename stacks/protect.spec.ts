import { describe, expect, it } from '@jest/globals';

import { dev } from './environments/dev.ts';
import { prod } from './environments/prod.ts';
import { synthesized } from './testing/synthesized.ts';

const guarded = (environment: typeof prod) =>
  synthesized(environment)
    .resources.filter(
      ({ body }) => (body['lifecycle'] as Record<string, unknown> | undefined)?.['prevent_destroy'] === true,
    )
    .map(({ address }) => address)
    .sort();

describe('protect', () => {
  it('keeps Terraform from destroying what holds data in prod', () => {
    expect(guarded(prod)).toEqual([
      'alb: aws_s3_bucket.access_logs',
      'cognito: aws_cognito_user_pool.pool',
      'ecr: aws_ecr_repository.app',
      'ecs: aws_cloudwatch_log_group.logs',
      'network: aws_cloudwatch_log_group.flow',
    ]);
  });

  it('lets an environment be taken down that asks for no protection', () => {
    expect(guarded(dev)).toEqual([]);
  });
});
