import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { type StackName } from '../contracts/index.ts';
import { type Environment, environments } from '../environments/index.ts';
import { local } from '../environments/local.ts';
import { everything } from '../testing/everything.ts';
import { synthesized } from '../testing/synthesized.ts';
import { checkInvariants, InvariantError, systemOf, type Violation, type ViolationCode } from './index.ts';

const sound = synthesized(local);
const full = synthesized(everything);

interface Loose {
  [key: string]: Loose;
}

/** What is broken once the synthesized JSON of a stack was changed. */
function violationsAfter(
  stack: StackName,
  change: (json: Loose) => void,
  environment: Environment = local,
): readonly Violation[] {
  const stacks = structuredClone((environment === everything ? full : sound).stacks);
  change(stacks.find(({ name }) => name === stack)?.json as unknown as Loose);
  try {
    checkInvariants(systemOf(environment, stacks));
  } catch (error) {
    if (error instanceof InvariantError) return error.violations;
    throw error;
  }
  return [];
}

/** The same, for a resource that is added, or changed where it is there already. */
function codesWith(
  stack: StackName,
  address: string,
  body: unknown,
  environment: Environment = local,
): readonly ViolationCode[] {
  const [type = '', name = ''] = address.split('.');
  const change = (json: Loose) => {
    const named = ((json['resource'] as Loose)[type] ??= {});
    named[name] = { ...named[name], ...(body as Loose) };
  };
  return violationsAfter(stack, change, environment).map(({ code }) => code);
}

const LISTENER = '${aws_lb_listener.https.arn}';
const forward = { type: 'forward', target_group_arn: '${aws_lb_target_group.app.arn}' };
/** The login of the stack itself, so that only what a test changes about it is different. */
const [{ authenticate_cognito: login }] = sound.body('alb', 'aws_lb_listener.https')['default_action'] as [
  { readonly authenticate_cognito: object },
];
const cognito = (more: object = {}) => ({
  type: 'authenticate-cognito',
  authenticate_cognito: { ...login, ...more },
});
const paths = (...values: readonly unknown[]) => ({ path_pattern: { values } });
const rule = (actions: unknown, conditions: unknown) => ({
  listener_arn: LISTENER,
  priority: 50,
  action: actions,
  condition: conditions,
});

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

describe('a login comes before every forward', () => {
  it.each([
    ['a rule for a path that is not listed', rule(forward, paths('/admin'))],
    ['a listed path beside one that is not', rule(forward, paths('/logged-out', '/admin'))],
    ['a pattern that contains a listed path', rule(forward, paths('/logged-out*'))],
    ['a listed path in other letters', rule(forward, paths('/Logged-Out'))],
    ['a rule without a path', rule(forward, { host_header: { values: ['app.localhost'] } })],
    ['a rule without a condition', rule(forward, [])],
    ['an empty list of paths', rule(forward, paths())],
    ['paths that are a reference', rule(forward, { path_pattern: { values: '${var.paths}' } })],
    [
      'a second, wider path condition',
      rule(forward, { path_pattern: [paths('/logged-out').path_pattern, { values: ['*'] }] }),
    ],
    [
      'a login that lets nobody pass too',
      rule([cognito({ on_unauthenticated_request: 'allow' }), forward], paths('/x')),
    ],
    [
      'a login whose behaviour is a reference',
      rule([cognito({ on_unauthenticated_request: '${var.x}' }), forward], paths('/x')),
    ],
    ['a login without settings', rule([{ type: 'authenticate-cognito' }, forward], paths('/x'))],
    ['a login after the forward', rule([forward, cognito()], paths('/x'))],
    [
      'a login whose order is after the forward',
      rule(
        [
          { ...cognito(), order: 2 },
          { ...forward, order: 1 },
        ],
        paths('/x'),
      ),
    ],
    [
      'an order that cannot be read',
      rule(
        [
          { ...cognito(), order: '${1}' },
          { ...forward, order: 2 },
        ],
        paths('/x'),
      ),
    ],
    ['an action that is not known', rule({ type: 'jwt-validation' }, paths('/x'))],
    ['an action of a type that is a reference', rule({ type: '${var.type}' }, paths('/x'))],
    ['no action that can be read', rule('${var.actions}', paths('/x'))],
  ])('refuses %s', (_, body) => {
    expect(codesWith('alb', 'aws_lb_listener_rule.added', body)).toContain('FORWARD_WITHOUT_LOGIN');
    // The provider's other name for the same resource.
    expect(codesWith('alb', 'aws_alb_listener_rule.added', body)).toContain('FORWARD_WITHOUT_LOGIN');
  });

  it.each([
    ['listed paths', rule(forward, paths('/assets/gatehouse.css', '/logged-out'))],
    [
      'a listed path, narrowed further',
      rule(forward, [paths('/logged-out'), { http_request_method: { values: ['GET'] } }]),
    ],
    ['a login, then a forward', rule([cognito(), forward], paths('/x'))],
    ['a login that answers 401', rule([cognito({ on_unauthenticated_request: 'deny' }), forward], paths('/x'))],
    [
      'a login first by order',
      rule(
        [
          { ...forward, order: 2 },
          { ...cognito(), order: 1 },
        ],
        paths('/x'),
      ),
    ],
    ['a login at another provider', rule([{ type: 'authenticate-oidc', authenticate_oidc: {} }, forward], paths('/x'))],
    ['an answer of its own', rule({ type: 'fixed-response', fixed_response: { status_code: '404' } }, paths('/x'))],
  ])('takes %s', (_, body) => {
    expect(codesWith('alb', 'aws_lb_listener_rule.added', body)).toEqual([]);
  });

  it('refuses a default action that forwards whoever comes', () => {
    expect(codesWith('alb', 'aws_lb_listener.https', { default_action: [forward] })).toContain('FORWARD_WITHOUT_LOGIN');
    expect(codesWith('alb', 'aws_lb_listener.https', { default_action: [] })).toContain('FORWARD_WITHOUT_LOGIN');
  });

  it('refuses another listener that forwards, of any kind of load balancer', () => {
    const body = { protocol: 'TCP', port: 25, default_action: [forward] };
    expect(codesWith('ecs', 'aws_lb_listener.other', body)).toContain('FORWARD_WITHOUT_LOGIN');
  });

  it('takes exactly the lists of paths that are part of the public list', () => {
    const path = fc.constantFrom(...local.publicPaths, '/', '/admin', '/logged-out/', '*');
    fc.assert(
      fc.property(fc.array(path, { minLength: 1, maxLength: 5 }), (values) => {
        const isListed = values.every((value) => local.publicPaths.includes(value));
        const codes = codesWith('alb', 'aws_lb_listener_rule.added', rule(forward, paths(...values)));
        expect(codes.includes('FORWARD_WITHOUT_LOGIN')).toBe(!isListed);
      }),
      { numRuns: 50 },
    );
  });
});

describe('HTTP only redirects', () => {
  const redirect = (to: object) => ({ type: 'redirect', redirect: { status_code: 'HTTP_301', ...to } });

  it.each([
    ['a forward, with a login', [cognito(), forward]],
    ['an answer', [{ type: 'fixed-response', fixed_response: { status_code: '200' } }]],
    ['a redirect to HTTP', [redirect({ protocol: 'HTTP', port: '8443' })]],
    ['a redirect that keeps the protocol', [redirect({ port: '8443' })]],
    ['a redirect to another port', [redirect({ protocol: 'HTTPS', port: '443' })]],
  ])('refuses %s', (_, actions) => {
    expect(codesWith('alb', 'aws_lb_listener.http', { default_action: actions })).toContain('HTTP_NOT_REDIRECTED');
  });

  it('takes a listener without a protocol for HTTP', () => {
    expect(codesWith('alb', 'aws_lb_listener.https', { protocol: undefined })).toContain('HTTP_NOT_REDIRECTED');
  });

  it.each(['${aws_lb_listener.http.arn}', 'arn:aws:elasticloadbalancing:somewhere', '${var.listener}'])(
    'refuses even a public rule on the listener %s',
    (listener) => {
      const body = { ...rule(forward, paths('/logged-out')), listener_arn: listener };
      expect(codesWith('alb', 'aws_lb_listener_rule.added', body)).toContain('HTTP_NOT_REDIRECTED');
    },
  );
});

describe('the app client', () => {
  const client = (body: object) => codesWith('cognito', 'aws_cognito_user_pool_client.alb', body);

  it.each([false, undefined, '${var.secret}'])('has a secret: generate_secret is not %j', (value) => {
    expect(client({ generate_secret: value })).toEqual(['CLIENT_WITHOUT_SECRET']);
  });

  it.each([[['implicit']], [['code', 'implicit']], [[]], [undefined], ['code']])(
    'has the code grant alone, not %j',
    (flows) => {
      expect(client({ allowed_oauth_flows: flows })).toEqual(['CLIENT_GRANT']);
    },
  );

  it('has its grant switched on', () => {
    expect(client({ allowed_oauth_flows_user_pool_client: false })).toEqual(['CLIENT_GRANT']);
  });

  it.each([
    [['https://App.localhost:8443/oauth2/idpresponse']],
    [['https://app.localhost/oauth2/idpresponse']],
    [['http://app.localhost:8443/oauth2/idpresponse']],
    [['https://app.localhost:8443/oauth2/idpresponse', 'https://evil.example/']],
    [[]],
  ])('goes back to the one callback, not to %j', (urls) => {
    expect(client({ callback_urls: urls })).toEqual(['CALLBACK_MISMATCH']);
  });

  it('is any client of any pool', () => {
    const codes = codesWith('ecr', 'aws_cognito_user_pool_client.second', { name: 'second' });
    expect(codes).toEqual(['CLIENT_WITHOUT_SECRET', 'CLIENT_GRANT', 'CLIENT_API_LOGIN', 'CALLBACK_MISMATCH']);
  });
});

describe('tasks take traffic from the load balancer alone', () => {
  const APP = '${aws_security_group.app.id}';
  const ALB = '${data.terraform_remote_state.alb.outputs.securityGroupId}';

  it.each<[string, string, object]>([
    ['the world', 'aws_vpc_security_group_ingress_rule.x', { security_group_id: APP, cidr_ipv4: '0.0.0.0/0' }],
    ['the VPC', 'aws_vpc_security_group_ingress_rule.x', { security_group_id: APP, cidr_ipv4: '10.10.0.0/16' }],
    ['IPv6', 'aws_vpc_security_group_ingress_rule.x', { security_group_id: APP, cidr_ipv6: '::/0' }],
    ['a prefix list', 'aws_vpc_security_group_ingress_rule.x', { security_group_id: APP, prefix_list_id: 'pl-1' }],
    [
      'themselves',
      'aws_vpc_security_group_ingress_rule.x',
      { security_group_id: APP, referenced_security_group_id: APP },
    ],
    [
      'a group by literal id',
      'aws_vpc_security_group_ingress_rule.x',
      { security_group_id: APP, referenced_security_group_id: 'sg-1' },
    ],
    ['a rule that names nobody', 'aws_vpc_security_group_ingress_rule.x', { security_group_id: APP }],
    [
      'the older rule',
      'aws_security_group_rule.x',
      { security_group_id: APP, type: 'ingress', cidr_blocks: ['0.0.0.0/0'] },
    ],
    [
      'the older rule of unknown direction',
      'aws_security_group_rule.x',
      { security_group_id: APP, type: '${var.x}', cidr_blocks: ['0.0.0.0/0'] },
    ],
    ['the older rule, to itself', 'aws_security_group_rule.x', { security_group_id: APP, type: 'ingress', self: true }],
    [
      'the load balancer and a range',
      'aws_security_group_rule.x',
      { security_group_id: APP, type: 'ingress', source_security_group_id: ALB, cidr_blocks: ['10.0.0.0/8'] },
    ],
    [
      'a block in the group',
      'aws_security_group.app',
      { ingress: [{ cidr_blocks: ['0.0.0.0/0'], from_port: 0, to_port: 0, protocol: '-1' }] },
    ],
    [
      'a rule for a group by literal id',
      'aws_vpc_security_group_ingress_rule.x',
      { security_group_id: 'sg-1', cidr_ipv4: '0.0.0.0/0' },
    ],
  ])('refuses %s', (_, address, body) => {
    expect(codesWith('ecs', address, body)).toContain('TASK_REACHABLE');
  });

  it.each<[string, unknown]>([
    ['none', { subnets: [] }],
    ['a literal one', { security_groups: ['sg-1'] }],
    ['one beside its own', { security_groups: [APP, '${var.group}'] }],
    ['that of a variable', { security_groups: '${var.groups}' }],
  ])('refuses a service whose security groups are %s', (_, network) => {
    expect(codesWith('ecs', 'aws_ecs_service.app', { network_configuration: network })).toContain('TASK_REACHABLE');
  });

  it('refuses a rule of another stack as well', () => {
    const violations = violationsAfter('network', (json) => {
      (json['resource'] as Loose)['aws_vpc_security_group_ingress_rule'] = {
        x: { security_group_id: 'sg-of-the-tasks', cidr_ipv4: '0.0.0.0/0' },
      } as unknown as Loose;
    });
    expect(violations.map(({ code, address }) => [code, address])).toEqual([
      ['TASK_REACHABLE', 'network: aws_vpc_security_group_ingress_rule.x'],
    ]);
  });

  it('takes the load balancer by the older rule and by a block too', () => {
    const older = { security_group_id: APP, type: 'ingress', source_security_group_id: ALB, self: false };
    expect(codesWith('ecs', 'aws_security_group_rule.x', older)).toEqual([]);
    expect(codesWith('ecs', 'aws_security_group.app', { ingress: { security_groups: [ALB] } })).toEqual([]);
  });
});

describe('the load balancer reaches port 443 outside', () => {
  it.each<[string, object]>([
    ['another port', { from_port: 80, to_port: 80 }],
    ['a range that is not the world', { cidr_ipv4: '10.10.0.0/16' }],
    ['another protocol', { ip_protocol: 'udp' }],
    ['another group', { security_group_id: 'sg-1' }],
    ['ports that are references', { from_port: '${var.x}', to_port: '${var.x}' }],
  ])('refuses egress to %s only', (_, body) => {
    expect(codesWith('alb', 'aws_vpc_security_group_egress_rule.pool', body)).toEqual(['ALB_EGRESS_MISSING']);
  });

  it('takes a wider opening', () => {
    const wider = { ip_protocol: '-1', from_port: undefined, to_port: undefined };
    expect(codesWith('alb', 'aws_vpc_security_group_egress_rule.pool', wider)).toEqual([]);
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

describe('a bearer token passes for the application to verify', () => {
  const bearer = (name: string, ...values: readonly unknown[]) => ({
    http_header: { http_header_name: name, values },
  });
  const token = bearer('Authorization', 'Bearer *');
  const codes = (conditions: unknown, environment: Environment = everything) =>
    codesWith('alb', 'aws_lb_listener_rule.added', rule(forward, conditions), environment);

  it('on the paths of machines, in any letters of the header', () => {
    expect(codes([paths('/api/*'), token])).toEqual([]);
    expect(codes([paths('/graphql', '/api/*'), bearer('authorization', 'Bearer *')])).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['a path that is not a machine path', [paths('/admin'), token]],
    ['one path of machines and another', [paths('/api/*', '/admin'), token]],
    ['every path', token],
    ['a wider pattern', [paths('/*'), token]],
    ['a machine path without the header', paths('/api/*')],
    ['another header', [paths('/api/*'), bearer('X-Token', 'Bearer *')]],
    ['another scheme', [paths('/api/*'), bearer('Authorization', 'Basic *')]],
    ['any value', [paths('/api/*'), bearer('Authorization', '*')]],
    ['a bearer token or any value', [paths('/api/*'), bearer('Authorization', 'Bearer *', '*')]],
    ['no value', [paths('/api/*'), bearer('Authorization')]],
    [
      'values that are a reference',
      [paths('/api/*'), { http_header: { http_header_name: 'Authorization', values: '${var.x}' } }],
    ],
  ])('not on %s', (_, conditions) => {
    expect(codes(conditions)).toContain('FORWARD_WITHOUT_LOGIN');
  });

  it('not where the environment has no machines', () => {
    expect(codes([paths('/api/*'), token], local)).toContain('FORWARD_WITHOUT_LOGIN');
    expect(codes([paths('/api/*'), token], { ...everything, machines: null })).toContain('FORWARD_WITHOUT_LOGIN');
  });
});

describe('the client of machines', () => {
  const client = (body: object, environment: Environment = everything) =>
    codesWith('cognito', 'aws_cognito_user_pool_client.machines', body, environment);

  it('needs machines in the environment', () => {
    const machines = full.body('cognito', 'aws_cognito_user_pool_client.machines');
    expect(client(machines)).toEqual([]);
    expect(client(machines, local)).toEqual(['CLIENT_GRANT', 'CALLBACK_MISMATCH']);
  });

  it.each([
    [['client_credentials', 'code']],
    [['client_credentials', 'implicit']],
    [['client_credentials', 'client_credentials']],
  ])('has one grant, not %j', (flows) => {
    expect(client({ allowed_oauth_flows: flows })).toContain('CLIENT_GRANT');
  });

  it.each([
    { callback_urls: ['https://app.example.com/oauth2/idpresponse'] },
    { logout_urls: ['https://app.example.com/logged-out'] },
    { callback_urls: '${var.urls}' },
  ])('sends nobody anywhere: %j', (body) => {
    expect(client(body)).toEqual(['CALLBACK_MISMATCH']);
  });

  it.each([
    [['openid']],
    [['gatehouse-api/read', 'aws.cognito.signin.user.admin']],
    [[]],
    [undefined],
    ['gatehouse-api/read'],
  ])('asks for scopes of the API, not %j', (scopes) => {
    expect(client({ allowed_oauth_scopes: scopes })).toEqual(['MACHINE_SCOPES']);
  });

  it('has a secret', () => {
    expect(client({ generate_secret: false })).toEqual(['CLIENT_WITHOUT_SECRET']);
  });
});

describe('nobody logs in by API', () => {
  it.each([
    [undefined],
    [[]],
    [['ALLOW_USER_PASSWORD_AUTH']],
    [['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH']],
    ['${var.flows}'],
  ])('explicit_auth_flows are not %j', (flows) => {
    const body = { explicit_auth_flows: flows };
    expect(codesWith('cognito', 'aws_cognito_user_pool_client.alb', body)).toEqual(['CLIENT_API_LOGIN']);
  });
});

describe('every login is the same', () => {
  it.each([
    'user_pool_arn',
    'user_pool_client_id',
    'user_pool_domain',
    'scope',
    'session_cookie_name',
    'session_timeout',
  ])('refuses a rule whose login has another %s', (key) => {
    const body = rule([cognito({ [key]: 'another' }), forward], paths('/x'));
    expect(codesWith('alb', 'aws_lb_listener_rule.added', body)).toEqual(['LOGIN_DIFFERS']);
  });
});

describe('API paths answer 401', () => {
  const api = (body: object) => codesWith('alb', 'aws_lb_listener_rule.api_1', body, everything);
  const [denied] = full.body('alb', 'aws_lb_listener_rule.api_1')['action'] as [{ authenticate_cognito: object }];
  const path = (...values: readonly string[]) => [paths(...values)];

  it.each<[string, object]>([
    [
      'send to the login',
      {
        action: [
          {
            ...denied,
            authenticate_cognito: { ...denied.authenticate_cognito, on_unauthenticated_request: 'authenticate' },
          },
          forward,
        ],
      },
    ],
    ['leave one out', { condition: path('/api', '/api/*') }],
    ['name another', { condition: path('/api', '/api/*', '/other') }],
    [
      'hold for some requests only',
      { condition: [...path('/api', '/api/*', '/graphql'), { http_request_method: { values: ['GET'] } }] },
    ],
  ])('refuses rules that %s', (_, body) => {
    expect(api(body)).toContain('API_NOT_DENIED');
  });

  it('asks for a rule as soon as the environment has an API path', () => {
    const { stacks } = sound;
    const environment = { ...local, apiPaths: ['/api/*'] };
    expect(() => checkInvariants(systemOf(environment, stacks))).toThrow('API_NOT_DENIED');
  });
});

describe('the load balancer passes on no header that reads as another', () => {
  it.each([
    { drop_invalid_header_fields: false },
    { drop_invalid_header_fields: undefined },
    { desync_mitigation_mode: 'monitor' },
    { desync_mitigation_mode: '${var.mode}' },
  ])('refuses %j', (body) => {
    expect(codesWith('alb', 'aws_lb.alb', body)).toEqual(['HEADERS_KEPT']);
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

describe('the roles of workflows', () => {
  const SUB = 'token.actions.githubusercontent.com:sub';
  const AUD = 'token.actions.githubusercontent.com:aud';
  const codes = (address: string, body: object) => codesWith('delivery', address, body, everything);
  const trusted = (role: string) => full.body('delivery', role)['assume_role_policy'] as string;
  const REPOSITORY = everything.delivery?.repository ?? '';

  /** The trust of a role, with its condition changed. */
  function trusting(role: string, change: (condition: Record<string, Record<string, unknown>>) => void): object {
    const policy = JSON.parse(trusted(role)) as { Statement: { Condition: Record<string, Record<string, unknown>> }[] };
    for (const { Condition } of policy.Statement) change(Condition);
    return { assume_role_policy: JSON.stringify(policy) };
  }

  it.each(['aws_iam_role.plan', 'aws_iam_role.apply'])('%s is for one repository, named word for word', (role) => {
    const subjects = (sub: unknown) => trusting(role, (condition) => (condition['StringEquals']![SUB] = sub));
    for (const sub of [
      `repo:${REPOSITORY}:*`,
      'repo:example/*:pull_request',
      'repo:example/other:pull_request',
      [`repo:${REPOSITORY}:pull_request`, 'repo:other/gatehouse:pull_request'],
      `repo:${REPOSITORY}-fork:pull_request`,
      '${var.subject}',
      [],
      undefined,
    ]) {
      expect(codes(role, subjects(sub))).toContain('TRUST_TOO_WIDE');
    }
    expect(
      codes(
        role,
        trusting(role, (condition) => {
          condition['StringLike'] = { [SUB]: condition['StringEquals']![SUB] };
          delete condition['StringEquals']![SUB];
        }),
      ),
    ).toContain('TRUST_TOO_WIDE');
    expect(
      codes(
        role,
        trusting(role, (condition) => (condition['ForAllValues:StringLike'] = { [SUB]: '*' })),
      ),
    ).toContain('TRUST_TOO_WIDE');
  });

  it.each(['aws_iam_role.plan', 'aws_iam_role.apply'])('%s takes tokens for AWS alone', (role) => {
    for (const aud of [undefined, 'https://github.com/example', ['sts.amazonaws.com', 'other'], '*']) {
      const body = trusting(role, (condition) => (condition['StringEquals']![AUD] = aud));
      expect(codes(role, body)).toEqual(['TRUST_AUDIENCE']);
    }
  });

  it('are refused where the environment names no repository', () => {
    const environment = { ...everything, delivery: null };
    expect(() => checkInvariants(systemOf(environment, full.stacks))).toThrow('TRUST_TOO_WIDE');
  });

  it.each(['${data.aws_iam_policy_document.x.json}', 'no JSON', '{}', undefined, 7])(
    'are taken by whom one can read, not by %j',
    (policy) => {
      expect(codes('aws_iam_role.plan', { assume_role_policy: policy })).toContain('TRUST_UNREADABLE');
    },
  );

  it('another role is none for workflows in disguise', () => {
    const statement = { Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: 'arn' } };
    const body = { assume_role_policy: JSON.stringify({ Statement: statement }) };
    expect(codesWith('ecs', 'aws_iam_role.task', body)).toEqual(['TRUST_TOO_WIDE', 'TRUST_AUDIENCE']);
    const anybody = { Effect: 'Allow', Action: 'sts:*', Principal: '*' };
    const open = { assume_role_policy: JSON.stringify({ Statement: [anybody] }) };
    expect(codesWith('ecs', 'aws_iam_role.task', open)).toContain('TRUST_TOO_WIDE');
  });

  it.each([
    's3:PutObject',
    'iam:CreateRole',
    'ec2:*',
    '*',
    'secretsmanager:GetSecretValue',
    'ssm:GetParameter',
    'logs:GetLogEvents',
    'ecr:GetCredentials',
    'kms:Decrypt',
    ['ec2:DescribeVpcs', 'ec2:CreateVpc'],
  ])('that of pull requests may not %j', (Action) => {
    const Statement = [{ Effect: 'Allow', Action, Resource: '*' }];
    const body = { role: '${aws_iam_role.plan.name}', policy: JSON.stringify({ Statement }) };
    expect(codes('aws_iam_role_policy.added', body)).toEqual(['PULL_REQUEST_WRITES']);
  });

  it('that of pull requests has no rights that cannot be read here', () => {
    const role = '${aws_iam_role.plan.name}';
    expect(codes('aws_iam_role_policy.added', { role, policy: '${var.policy}' })).toEqual(['PULL_REQUEST_WRITES']);
    const notAction = JSON.stringify({ Statement: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' } });
    expect(codes('aws_iam_role_policy.added', { role, policy: notAction })).toEqual(['PULL_REQUEST_WRITES']);
    expect(codes('aws_iam_role_policy_attachment.added', { role, policy_arn: 'arn' })).toEqual(['PULL_REQUEST_WRITES']);
    expect(codes('aws_iam_role.plan', { managed_policy_arns: ['arn'] })).toEqual(['PULL_REQUEST_WRITES']);
  });

  it('that which applies has a boundary of these stacks, and is of the main branch', () => {
    for (const boundary of [undefined, 'arn:aws:iam::aws:policy/AdministratorAccess', '${var.boundary}']) {
      expect(codes('aws_iam_role.apply', { permissions_boundary: boundary })).toEqual(['APPLY_UNBOUNDED']);
    }
    const anyBranch = trusting('aws_iam_role.apply', (condition) => {
      delete condition['StringEquals']!['token.actions.githubusercontent.com:ref'];
    });
    expect(codes('aws_iam_role.apply', anyBranch)).toEqual(['APPLY_UNBOUNDED']);
  });
});
