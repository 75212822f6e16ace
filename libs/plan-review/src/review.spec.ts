import { describe, expect, it } from '@jest/globals';
import { review, type Review } from './review.ts';
import { thrown } from './testdata/thrown.ts';
import { type Body, createInputs, type StackName, World } from './testdata/world.ts';

const today = '2026-11-22';
const reviewed = (world: World): Review => review(world.inputs(), { today });
const kindsAt = ({ findings }: Review): readonly string[] =>
  findings.map(({ severity, kind, stack, address }) => `${severity} ${kind} ${stack}/${address}`);
const block = (body: Body, name: string): Body => (body[name] as Body[])[0] ?? {};
const policyOf = (body: Body): { Statement: Body[] } =>
  JSON.parse(body['assume_role_policy'] as string) as { Statement: Body[] };

/** An edit of the stacks as they are applied, and what a review has to say about it: no less, and no more. */
const edits: readonly (readonly [what: string, edit: (world: World) => World, findings: readonly string[]])[] = [
  ['nothing', (world) => world, []],
  ['tags alone', (world) => world.update('alb', 'aws_lb.alb', (alb) => (alb['tags_all'] = { team: 'other' })), []],
  [
    'a public path more',
    (world) =>
      world.update('alb', 'aws_lb_listener_rule.public_1', (rule) => {
        block(block(rule, 'condition'), 'path_pattern')['values'] = ['/logged-out', '/admin/*'];
      }),
    ['stop opens alb/aws_lb_listener_rule.public_1', 'look closes alb/aws_lb_listener.https'],
  ],
  [
    'a public path more, to a Lambda function',
    (world) =>
      world
        .update('alb', 'aws_lb_listener_rule.public_1', (rule) => {
          block(block(rule, 'condition'), 'path_pattern')['values'] = ['/logged-out', '/admin/*'];
        })
        .update('alb', 'aws_lb_target_group.app', (group) =>
          Object.assign(group, {
            target_type: 'lambda',
            ...{ port: null, protocol: null, protocol_version: null, vpc_id: null },
            lambda_multi_value_headers_enabled: true,
            health_check: [{ enabled: false, interval: 35, timeout: 30, path: '/', port: '', protocol: '' }],
          }),
        ),
    ['stop opens alb/aws_lb_listener_rule.public_1', 'look closes alb/aws_lb_listener.https'],
  ],
  [
    'the order of values and of rules that have nothing in common',
    (world) =>
      world.update('alb', 'aws_lb_listener_rule.public_1', (rule) => {
        block(block(rule, 'condition'), 'path_pattern')['values'] = [
          '/logged-out',
          '/assets/gatehouse.css',
          '/assets/favicon.svg',
        ];
        rule['priority'] = 4000;
      }),
    [],
  ],
  [
    'the login of the default rule turned to allow',
    (world) =>
      world.update('alb', 'aws_lb_listener.https', (listener) => {
        block(block(listener, 'default_action'), 'authenticate_cognito')['on_unauthenticated_request'] = 'allow';
      }),
    ['stop opens alb/aws_lb_listener.https'],
  ],
  [
    'a longer session',
    (world) =>
      world.update('alb', 'aws_lb_listener.https', (listener) => {
        block(block(listener, 'default_action'), 'authenticate_cognito')['session_timeout'] = 86_400;
      }),
    ['look session-timeout alb/aws_lb_listener.https'],
  ],
  [
    'another pool behind the login',
    (world) =>
      world.update('alb', 'aws_lb_listener.https', (listener) => {
        block(block(listener, 'default_action'), 'authenticate_cognito')['user_pool_arn'] =
          'arn:aws:cognito-idp:eu-west-1:222222222222:userpool/eu-west-1_other';
      }),
    ['look answers-differently alb/aws_lb_listener.https'],
  ],
  [
    'an action that nobody knows',
    (world) =>
      world.update('alb', 'aws_lb_listener_rule.api_1', (rule) => {
        block(rule, 'action')['type'] = 'authenticate-somehow';
      }),
    // What the rule took, as far as it is known, goes to the default rule.
    ['stop undecided alb/aws_lb_listener_rule.api_1', 'look answers-differently alb/aws_lb_listener.https'],
  ],
  [
    'the tasks open to the internet',
    (world) =>
      world.update('ecs', 'aws_vpc_security_group_ingress_rule.alb', (rule) => {
        Object.assign(rule, { referenced_security_group_id: null, cidr_ipv4: '0.0.0.0/0' });
      }),
    ['stop past-the-load-balancer ecs/aws_vpc_security_group_ingress_rule.alb'],
  ],
  [
    'the tasks open to a private network',
    (world) =>
      world.create(
        'ecs',
        'aws_vpc_security_group_ingress_rule.office',
        'aws_vpc_security_group_ingress_rule.alb',
        (rule) => {
          Object.assign(rule, { referenced_security_group_id: null, cidr_ipv4: '10.0.0.0/8' });
        },
      ),
    ['look permits-more ecs/aws_vpc_security_group_ingress_rule.office'],
  ],
  [
    'one rule of the load balancer written as two that permit the same',
    (world) =>
      world
        .update('alb', 'aws_vpc_security_group_ingress_rule.https', (rule) => (rule['cidr_ipv4'] = '0.0.0.0/1'))
        .create(
          'alb',
          'aws_vpc_security_group_ingress_rule.other',
          'aws_vpc_security_group_ingress_rule.https',
          (rule) => {
            rule['cidr_ipv4'] = '128.0.0.0/1';
          },
        ),
    [],
  ],
  [
    'a port of the load balancer more',
    (world) => world.update('alb', 'aws_vpc_security_group_ingress_rule.https', (rule) => (rule['to_port'] = 444)),
    ['look permits-more alb/aws_vpc_security_group_ingress_rule.https'],
  ],
  [
    'public addresses for tasks',
    (world) =>
      world.update(
        'ecs',
        'aws_ecs_service.app',
        (service) => (block(service, 'network_configuration')['assign_public_ip'] = true),
      ),
    ['stop made-public ecs/aws_ecs_service.app', 'look placement ecs/aws_ecs_service.app'],
  ],
  [
    'public addresses for a subnet',
    (world) => world.update('network', 'aws_subnet.private_a', (subnet) => (subnet['map_public_ip_on_launch'] = true)),
    ['look placement network/aws_subnet.private_a'],
  ],
  [
    'sign-up opened, a weaker password and no second factor',
    (world) =>
      world.update('cognito', 'aws_cognito_user_pool.pool', (pool) => {
        block(pool, 'admin_create_user_config')['allow_admin_create_user_only'] = false;
        block(pool, 'password_policy')['minimum_length'] = 8;
        pool['mfa_configuration'] = 'OFF';
      }),
    [
      'stop login-weakened cognito/aws_cognito_user_pool.pool',
      'stop sign-up-opened cognito/aws_cognito_user_pool.pool',
      'look login-weakened cognito/aws_cognito_user_pool.pool',
    ],
  ],
  [
    'a stronger password',
    (world) =>
      world.update(
        'cognito',
        'aws_cognito_user_pool.pool',
        (pool) => (block(pool, 'password_policy')['minimum_length'] = 20),
      ),
    [],
  ],
  [
    'another callback, and longer tokens',
    (world) =>
      world.update('cognito', 'aws_cognito_user_pool_client.alb', (client) => {
        client['callback_urls'] = ['https://elsewhere.example.com/oauth2/idpresponse'];
        block(client, 'token_validity_units')['refresh_token'] = 'hours';
      }),
    [
      'look callback cognito/aws_cognito_user_pool_client.alb',
      'look token-lifetime cognito/aws_cognito_user_pool_client.alb',
    ],
  ],
  [
    'the pool replaced',
    (world) =>
      world.replace(
        'cognito',
        'aws_cognito_user_pool.pool',
        'username_attributes',
        (pool) => (pool['username_attributes'] = []),
      ),
    ['stop replaced cognito/aws_cognito_user_pool.pool'],
  ],
  [
    'the pool without deletion protection',
    (world) =>
      world.update('cognito', 'aws_cognito_user_pool.pool', (pool) => (pool['deletion_protection'] = 'INACTIVE')),
    ['stop switched-off cognito/aws_cognito_user_pool.pool'],
  ],
  [
    'the firewall taken away',
    (world) => world.destroy('alb', 'aws_wafv2_web_acl_association.alb'),
    ['look destroyed alb/aws_wafv2_web_acl_association.alb', 'stop switched-off alb/aws_wafv2_web_acl_association.alb'],
  ],
  [
    'a role that anybody may assume',
    (world) =>
      world.update('ecs', 'aws_iam_role.task', (role) => {
        const policy = policyOf(role);
        role['assume_role_policy'] = JSON.stringify({
          ...policy,
          Statement: [...policy.Statement, { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } }],
        });
      }),
    ['stop permits-more ecs/aws_iam_role.task'],
  ],
  [
    'a policy spelled in another way',
    (world) =>
      world.update('ecs', 'aws_iam_role.task', (role) => {
        const { Statement } = policyOf(role);
        role['assume_role_policy'] = JSON.stringify(
          { Statement: Statement.map((each) => ({ ...each, Action: ['sts:assumerole'] })), Version: '2012-10-17' },
          null,
          2,
        );
      }),
    [],
  ],
  [
    'a resource renamed without a moved block',
    (world) =>
      world
        .destroy('ecr', 'aws_ecr_repository.app')
        .create('ecr', 'aws_ecr_repository.application', 'aws_ecr_repository.app'),
    ['stop destroyed ecr/aws_ecr_repository.app'],
  ],
  [
    'a resource renamed with a moved block',
    (world) => {
      world.find('ecr', 'aws_ecr_repository.app').previous_address = 'aws_ecr_repository.old';
      return world;
    },
    ['note moved ecr/aws_ecr_repository.app'],
  ],
];

describe('review of the applied stacks', () => {
  it.each(edits)('%s', (_, edit, findings) => {
    expect(kindsAt(reviewed(edit(new World()))).toSorted()).toEqual([...findings].toSorted());
  });
});

describe('review', () => {
  it('says of an empty account what will be open, and stops nothing', () => {
    const result = review(createInputs(), { today });
    expect(result.verdict).toBe('look');
    expect(kindsAt(result)).toContain('look opens alb/aws_lb_listener_rule.public_1');
    expect(result.stacks.find(({ stack }) => stack === 'alb')?.assumptions).toContainEqual({
      name: 'cognito.userPoolArn',
      because: 'unknown-until-applied',
    });
  });

  it('gives the same for the same, in whatever order the plans come', () => {
    const inputs = createInputs();
    expect(JSON.stringify(review(inputs.toReversed(), { today }))).toBe(JSON.stringify(review(inputs, { today })));
  });

  it('joins stacks: a rule in one opens a listener of another', () => {
    const world = new World();
    const moveTo = (stack: StackName): void => {
      const { alb } = world.plans;
      const rule = world.find('alb', 'aws_lb_listener_rule.api_1');
      const shown = alb.planned_values.root_module.resources?.find(({ address }) => address === rule.address);
      for (const plan of [alb]) {
        plan.resource_changes = plan.resource_changes.filter((each) => each !== rule);
        for (const module of [plan.planned_values.root_module, plan.prior_state?.values?.root_module]) {
          if (module) module.resources = (module.resources ?? []).filter(({ address }) => address !== rule.address);
        }
      }
      world.plans[stack].resource_changes.push(rule);
      if (shown === undefined) throw new Error('no rule');
      world.plans[stack].planned_values.root_module.resources?.push(shown);
      world.plans[stack].prior_state?.values?.root_module.resources?.push(structuredClone(shown));
    };
    moveTo('ecs');
    expect(kindsAt(reviewed(world))).toEqual([]);
    world.update('ecs', 'aws_lb_listener_rule.api_1', (rule) => {
      block(block(rule, 'action'), 'authenticate_cognito')['on_unauthenticated_request'] = 'allow';
    });
    expect(kindsAt(reviewed(world))).toEqual(['stop opens ecs/aws_lb_listener_rule.api_1']);
  });

  it('names what becomes reachable by a request that is answered so', () => {
    const world = new World().update('alb', 'aws_lb_listener_rule.public_1', (rule) => {
      block(block(rule, 'condition'), 'path_pattern')['values'] = ['/logged-out', '/admin/*'];
    });
    const opened = reviewed(world).findings.find(({ kind }) => kind === 'opens');
    expect(opened).toMatchObject({
      rule: 'aws_lb_listener_rule.public_1',
      witness: {
        kind: 'request',
        protocol: 'HTTPS',
        port: 443,
        request: { host: 'app.example.com', path: '/admin/' },
        before: 'login',
        after: 'open',
      },
    });
  });

  it('refuses no plans, and two of one name', () => {
    expect(thrown(() => review([], { today }))).toMatchObject({ code: 'NO_PLANS' });
    const [first] = createInputs();
    if (first === undefined) throw new Error('no inputs');
    expect(thrown(() => review([first, first], { today }))).toMatchObject({ code: 'STACK_TWICE' });
  });
});
