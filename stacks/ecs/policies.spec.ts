import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { execPolicy, executionPolicy, taskTrust, userAdministrationPolicy } from './policies.ts';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

const statements = (policy: string) => (JSON.parse(policy) as { Statement: readonly Statement[] }).Statement;

describe('executionPolicy', () => {
  it('names its resources, except for the one action that has none, and has no wildcard action', () => {
    const all = statements(executionPolicy('arn:repository', 'arn:logs', { secretArns: [], keyArns: [] }));
    expect(all.filter(({ Resource }) => Resource === '*').map(({ Action }) => Action)).toEqual([
      'ecr:GetAuthorizationToken',
    ]);
    expect(all.map(({ Resource }) => Resource)).toEqual(['*', 'arn:repository', 'arn:logs:*']);
    expect(all.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
  });
});

describe('executionPolicy with secrets', () => {
  it('may read those that are named, each by the service that has it', () => {
    const parameter = 'arn:aws:ssm:eu-west-1:111111111111:parameter/a';
    const secret = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:b-AbCdEf';
    const all = statements(
      executionPolicy('arn:repository', 'arn:logs', { secretArns: [parameter, secret], keyArns: [] }),
    );
    expect(all.slice(-2)).toEqual([
      { Effect: 'Allow', Action: 'ssm:GetParameters', Resource: [parameter] },
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: [secret] },
    ]);
  });
});

describe('executionPolicy with keys of our own', () => {
  it('decrypts with them for the two services that keep secrets, and with no other', () => {
    const key = 'arn:aws:kms:eu-west-1:111111111111:key/1';
    const all = statements(executionPolicy('arn:repository', 'arn:logs', { secretArns: [], keyArns: [key] }));
    expect(all.slice(3)).toEqual([
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: [key],
        Condition: { StringLike: { 'kms:ViaService': ['ssm.*.amazonaws.com', 'secretsmanager.*.amazonaws.com'] } },
      },
    ]);
  });
});

describe('userAdministrationPolicy', () => {
  it('allows the operations that the documentation names, on one pool, and deletes nobody', async () => {
    const [only, ...more] = statements(userAdministrationPolicy('arn:pool'));
    expect(more).toEqual([]);
    expect(only?.Resource).toBe('arn:pool');
    const page = await readFile(join(import.meta.dirname, '../../docs/reference/user-administration.md'), 'utf8');
    const documented = [...page.matchAll(/`(cognito-idp:[A-Za-z]+)`/g)].map(([, action]) => action);
    expect(only?.Action).toEqual([...new Set(documented)].sort());
    expect(only?.Action.length).toBeGreaterThan(5);
  });
});

describe('execPolicy', () => {
  it('opens the channels of a session and nothing else', () => {
    const actions = statements(execPolicy()).flatMap(({ Action }) => Action);
    expect(actions).toHaveLength(4);
    expect(actions.filter((action) => !action.startsWith('ssmmessages:') || action.includes('*'))).toEqual([]);
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
