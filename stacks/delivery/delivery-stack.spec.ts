import { describe, expect, it } from '@jest/globals';

import { dev } from '../environments/dev.ts';
import { parseEnvironment } from '../environments/index.ts';
import { prod } from '../environments/prod.ts';
import { type Block } from '../terraform/synthesized.ts';
import { everything } from '../testing/everything.ts';
import { synthesized } from '../testing/synthesized.ts';

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const all = synthesized(prod);
const body = (address: string) => all.body('delivery', address);
const statements = (policy: unknown) => (JSON.parse(String(policy)) as { Statement: readonly Statement[] }).Statement;
const trust = (role: string) => statements(body(`aws_iam_role.${role}`)['assume_role_policy']);
const policies = (role: 'plan' | 'apply') =>
  all.resources.filter(
    ({ stack, name, type }) => stack === 'delivery' && type === 'aws_iam_role_policy' && name.startsWith(`${role}_`),
  );
const rights = (role: 'plan' | 'apply') => policies(role).flatMap((policy) => statements(policy.body['policy']));
const list = (value: string | readonly string[]) => [value].flat();
const actions = (role: 'plan' | 'apply') => rights(role).flatMap(({ Action }) => list(Action));
const PROVIDER = 'arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com';
const CLAIM = 'token.actions.githubusercontent.com';

describe('DeliveryStack', () => {
  it('is there where a repository is named, and nowhere else', () => {
    expect(all.stacks.map(({ name }) => name)).toContain('delivery');
    expect(synthesized(dev).stacks.map(({ name }) => name)).not.toContain('delivery');
  });

  it('trusts GitHub for tokens that are meant for AWS', () => {
    expect(body('aws_iam_openid_connect_provider.github')).toMatchObject({
      url: 'https://token.actions.githubusercontent.com',
      client_id_list: ['sts.amazonaws.com'],
    });
  });

  it('takes the provider that an account has already', () => {
    const given = parseEnvironment({ ...prod, delivery: { ...prod.delivery, providerArn: PROVIDER } });
    const stack = synthesized(given);
    expect(stack.resources.map(({ type }) => type)).not.toContain('aws_iam_openid_connect_provider');
    expect(stack.body('delivery', 'aws_iam_role.plan')['assume_role_policy']).toContain(PROVIDER);
  });

  it('lets pull requests and the main branch plan, and the protected environment on the main branch apply', () => {
    const token = { Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: PROVIDER } };
    const claims = (more: object) => ({ StringEquals: { [`${CLAIM}:aud`]: 'sts.amazonaws.com', ...more } });
    expect(trust('plan')).toEqual([
      {
        ...token,
        Condition: claims({
          [`${CLAIM}:sub`]: ['repo:example/gatehouse:pull_request', 'repo:example/gatehouse:ref:refs/heads/main'],
        }),
      },
    ]);
    expect(trust('apply')).toEqual([
      {
        ...token,
        Condition: claims({
          [`${CLAIM}:sub`]: 'repo:example/gatehouse:environment:prod',
          [`${CLAIM}:ref`]: 'refs/heads/main',
        }),
      },
    ]);
  });

  it('takes a repository by its immutable ids', () => {
    const repository = 'example@123/gatehouse@456';
    const { assume_role_policy: policy } = synthesized({ ...prod, delivery: { repository, providerArn: null } }).body(
      'delivery',
      'aws_iam_role.apply',
    );
    expect(policy).toContain('"repo:example@123/gatehouse@456:environment:prod"');
  });

  it('plans without a right to change anything or to read a secret', () => {
    const verbs = actions('plan').map((action) => action.split(':')[1]);
    expect(verbs.filter((verb) => !/^(Describe|Get|List|GenerateDataKey)/.test(verb ?? ''))).toEqual([]);
    expect(actions('plan').filter((action) => /^(secretsmanager|ssm|kms:Decrypt)/.test(action))).toEqual([]);
    const objects = rights('plan').filter(({ Action }) => list(Action).includes('s3:GetObject'));
    expect(objects.map(({ Resource }) => Resource)).toEqual([
      'arn:aws:s3:::gatehouse-state-222222222222/prod/*.tfstate',
    ]);
  });

  it('encrypts plans with one role and decrypts them with the other', () => {
    expect(actions('plan')).toContain('kms:GenerateDataKey');
    expect(actions('apply').filter((action) => action.startsWith('kms:') && action !== 'kms:Decrypt')).toEqual([]);
    expect(body('aws_kms_key.plans')).toMatchObject({ enable_key_rotation: true });
  });

  it('applies every stack but the one that says who may', () => {
    const writes = rights('apply').filter(({ Action }) => list(Action).includes('s3:PutObject'));
    const written = writes.flatMap(({ Resource }) => list(Resource));
    for (const stack of ['network', 'cognito', 'ecr', 'alb', 'ecs']) {
      expect(written).toContain(`arn:aws:s3:::gatehouse-state-222222222222/prod/${stack}.tfstate`);
      expect(written).toContain(`arn:aws:s3:::gatehouse-state-222222222222/prod/${stack}.tfstate.tflock`);
    }
    expect(written.filter((arn) => arn.includes('delivery') || arn.includes('*'))).toEqual([]);
  });

  it('changes the policies of the tasks’ roles within their boundary, and nothing else of IAM', () => {
    const iam = rights('apply').filter(({ Action }) => list(Action).some((action) => /^iam:(?!Get|List)/.test(action)));
    const arn = 'arn:aws:iam::222222222222:role/gatehouse-prod';
    const tasks = [`${arn}-auth-execution`, `${arn}-auth-task`];
    expect(iam.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [['iam:CreateRole', 'iam:DeleteRolePolicy', 'iam:PutRolePolicy'], tasks],
      [['iam:TagRole', 'iam:UntagRole'], tasks],
      ['iam:PassRole', tasks],
      ['iam:PassRole', `${arn}-flow-logs`],
    ]);
    expect(iam[0]?.Condition).toEqual({
      StringEquals: { 'iam:PermissionsBoundary': '${aws_iam_policy.task-boundary.arn}' },
    });
    for (const { Action, Condition } of iam.slice(2)) {
      expect([Action, Object.keys(Condition?.['StringEquals'] ?? {})]).toEqual([
        'iam:PassRole',
        ['iam:PassedToService'],
      ]);
    }
  });

  it('cannot widen itself: its boundary allows IAM no more, and is not its own to change', () => {
    expect(body('aws_iam_role.apply')['permissions_boundary']).toBe('${aws_iam_policy.apply-boundary.arn}');
    const bound = statements(body('aws_iam_policy.apply-boundary')['policy']);
    const allowed = bound.filter(({ Effect }) => Effect === 'Allow');
    const iam = allowed.flatMap(({ Action, Resource }) =>
      list(Action)
        .filter((action) => /^(iam:(?!Get|List)|sts:|\*)/.test(action))
        .flatMap((action) => list(Resource).map((resource) => `${action} ${resource.split('/').at(-1)}`)),
    );
    expect([...new Set(iam)].sort()).toEqual([
      ...['CreateRole', 'DeleteRolePolicy', 'PassRole', 'PutRolePolicy', 'TagRole', 'UntagRole']
        .flatMap((verb) =>
          ['gatehouse-prod-auth-execution', 'gatehouse-prod-auth-task'].map((role) => `iam:${verb} ${role}`),
        )
        .concat(['PassRole', 'TagRole', 'UntagRole'].map((verb) => `iam:${verb} gatehouse-prod-flow-logs`))
        .sort(),
      'sts:GetCallerIdentity *',
    ]);
    const denied = bound.filter(({ Effect }) => Effect === 'Deny').flatMap(({ Action }) => list(Action));
    for (const way of ['ecs:ExecuteCommand', 'ec2:RunInstances', 'cognito-idp:Admin*']) expect(denied).toContain(way);
  });

  it('stays within what AWS takes for the policies of one role and for one policy', () => {
    // IAM quotas: 10,240 characters of inline policies a role, 6,144 a managed policy. ARNs come in for references.
    const REFERENCE = 60;
    const long = synthesized({ ...prod, name: 'a-long-name-1' });
    for (const role of ['plan', 'apply']) {
      const texts = long.resources
        .filter(({ type, name }) => type === 'aws_iam_role_policy' && name.startsWith(`${role}_`))
        .map((policy) => String(policy.body['policy']));
      const length = texts.join('').length + REFERENCE * (texts.join('').match(/\$\{/g)?.length ?? 0);
      expect(texts.length).toBeGreaterThan(2);
      expect(length).toBeLessThanOrEqual(10_240);
    }
    for (const boundary of ['apply-boundary', 'task-boundary']) {
      expect(String(long.body('delivery', `aws_iam_policy.${boundary}`)['policy']).length).toBeLessThan(6144);
    }
  });

  it('bounds the roles of the tasks, which may do all that any environment asks for', () => {
    const stack = synthesized(everything);
    const bounded = '${data.terraform_remote_state.delivery.outputs.taskBoundaryArn}';
    for (const role of ['execution', 'task']) {
      expect(stack.body('ecs', `aws_iam_role.${role}`)['permissions_boundary']).toBe(bounded);
    }
    const bound = statements(stack.body('delivery', 'aws_iam_policy.task-boundary')['policy']).flatMap(({ Action }) =>
      list(Action),
    );
    const fits = (action: string) => bound.some((each) => new RegExp(`^${each.replaceAll('*', '.*')}$`).test(action));
    const asked = stack.resources
      .filter(({ stack: name, type }) => name === 'ecs' && type === 'aws_iam_role_policy')
      .flatMap((policy) => statements(policy.body['policy']).flatMap(({ Action }) => list(Action)));
    expect(asked.length).toBeGreaterThan(15);
    expect(asked.filter((action) => !fits(action))).toEqual([]);
    expect(bound.filter((action) => /^(iam|sts):/.test(action))).toEqual([]);
  });

  it('leaves the roles of the tasks alone where people deploy', () => {
    const task: Block = synthesized(dev).body('ecs', 'aws_iam_role.task');
    expect(task).not.toHaveProperty('permissions_boundary');
  });
});
