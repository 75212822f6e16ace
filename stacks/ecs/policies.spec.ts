import { describe, expect, it } from '@jest/globals';

import { executionPolicy, taskTrust } from './policies.ts';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string;
}

const statements = (policy: string) => (JSON.parse(policy) as { Statement: readonly Statement[] }).Statement;

describe('executionPolicy', () => {
  it('names its resources, except for the one action that has none, and has no wildcard action', () => {
    const all = statements(executionPolicy('arn:repository', 'arn:logs'));
    expect(all.filter(({ Resource }) => Resource === '*').map(({ Action }) => Action)).toEqual([
      'ecr:GetAuthorizationToken',
    ]);
    expect(all.map(({ Resource }) => Resource)).toEqual(['*', 'arn:repository', 'arn:logs:*']);
    expect(all.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
  });
});

describe('taskTrust', () => {
  it('lets in tasks of this account and region alone', () => {
    expect(statements(taskTrust('111111111111', 'eu-west-1'))).toEqual([
      expect.objectContaining({
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111111111111' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:ecs:eu-west-1:111111111111:*' },
        },
      }),
    ]);
  });
});
