import { describe, expect, it } from '@jest/globals';

import { type StackName } from '../contracts/index.ts';
import { environments } from '../environments/index.ts';
import { everything } from '../testing/everything.ts';
import { synthesized } from '../testing/synthesized.ts';
import { checkInvariants, InvariantError } from './check.ts';
import { systemOf } from './invariant.ts';
import { codesWith, full, type Loose, violationsAfter } from './testing/broken.ts';

describe('checkInvariants', () => {
  it.each(Object.values(environments))('takes the stacks of $name as they are', (environment) => {
    const { stacks } = synthesized(environment);
    expect(() => checkInvariants(systemOf(environment, stacks))).not.toThrow();
  });

  it('takes the stacks with every option on', () => {
    expect(() => checkInvariants(systemOf(everything, full.stacks))).not.toThrow();
  });

  it('says what, why and how to mend it, one line each, and everything at once', () => {
    const violations = violationsAfter('cognito', (json) => {
      const client = json['resource']?.['aws_cognito_user_pool_client']?.['alb'] as Loose;
      Object.assign(client, { generate_secret: false, allowed_oauth_flows: ['implicit'] });
    });
    const { problems, code } = new InvariantError(violations);
    expect(code).toBe('INVARIANT_BROKEN');
    expect(problems).toHaveLength(2);
    for (const line of problems) {
      expect(line).toMatch(/^[A-Z_]+: cognito: aws_cognito_user_pool_client\.alb: .+; .+\. To mend it, .+\.$/);
    }
  });
});

describe('what decides about access can be read', () => {
  it('refuses a module', () => {
    const violations = violationsAfter('alb', (json) => {
      json['module'] = { hidden: { source: './somewhere' } } as unknown as Loose;
    });
    expect(violations.map(({ code, address }) => [code, address])).toEqual([['UNREADABLE', 'alb']]);
  });

  it('refuses a dynamic block where it matters', () => {
    const dynamic = { dynamic: { ingress: { for_each: '${var.ranges}', content: {} } } };
    expect(codesWith('ecs', 'aws_security_group.app', dynamic)).toEqual(['UNREADABLE']);
  });

  it.each([{ count: 0 }, { count: '${var.count}' }, { for_each: [] }])('refuses %j where it matters', (some) => {
    const address = 'aws_s3_bucket_public_access_block.access_logs';
    expect(codesWith('alb', address, some, everything)).toEqual(['UNREADABLE']);
    expect(codesWith('alb', 'aws_lb_listener_rule.public_1', some)).toEqual(['UNREADABLE']);
  });
});

describe('nobody opens a shell in a task unasked', () => {
  it.each([true, '${var.exec}', 'true'])('refuses enable_execute_command %j', (value) => {
    expect(codesWith('ecs', 'aws_ecs_service.app', { enable_execute_command: value })).toEqual(['SHELL_UNASKED']);
  });

  it('takes it where the environment asks for it', () => {
    expect(codesWith('ecs', 'aws_ecs_service.app', { enable_execute_command: true }, everything)).toEqual([]);
  });
});

describe('data', () => {
  it('is in no bucket that could be opened', () => {
    const block = (body: object) => codesWith('alb', 'aws_s3_bucket_public_access_block.access_logs', body, everything);
    expect(block({ restrict_public_buckets: false })).toEqual(['BUCKET_OPEN']);
    expect(block({ bucket: 'another' })).toEqual(['BUCKET_OPEN']);
    expect(codesWith('ecr', 'aws_s3_bucket.added', { bucket: 'b' })).toEqual(['BUCKET_OPEN']);
  });

  it.each<[StackName, string]>([
    ['cognito', 'aws_cognito_user_pool.pool'],
    ['ecr', 'aws_ecr_repository.app'],
    ['alb', 'aws_s3_bucket.access_logs'],
  ])('is not destroyed where it is protected: %s, %s', (stack, address) => {
    expect(codesWith(stack, address, { lifecycle: {} }, everything)).toEqual(['DATA_UNPROTECTED']);
    expect(codesWith(stack, address, { lifecycle: { prevent_destroy: '${var.x}' } }, everything)).toEqual([
      'DATA_UNPROTECTED',
    ]);
  });
});
