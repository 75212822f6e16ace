import { describe, expect, it } from '@jest/globals';

import { type SynthesizedStacks } from '../synth/manifest.ts';
import { terraformJson } from '../terraform/json.ts';
import { describeLogin } from './description.ts';

const CONTAINER = [
  {
    environment: [
      { name: 'PUBLIC_URL', value: 'https://app.localhost:8443' },
      { name: 'ALB_ARN', value: '${data.terraform_remote_state.alb.outputs.arn}' },
    ],
  },
];

/** The least that makes a login, as CDKTF writes it. */
const JSON_OF_STACKS = {
  cognito: {
    resource: {
      aws_cognito_user_pool: { pool: { name: 'people' } },
      aws_cognito_user_pool_client: {
        alb: {
          name: 'alb',
          user_pool_id: '${aws_cognito_user_pool.pool.id}',
          generate_secret: true,
          allowed_oauth_flows: ['code'],
          allowed_oauth_flows_user_pool_client: true,
          allowed_oauth_scopes: ['openid'],
          callback_urls: ['https://app.localhost:8443/oauth2/idpresponse'],
          supported_identity_providers: ['COGNITO'],
        },
      },
      aws_cognito_user_pool_domain: { domain: { domain: 'people', user_pool_id: '${aws_cognito_user_pool.pool.id}' } },
    },
    output: {
      pool: { value: '${aws_cognito_user_pool.pool.arn}' },
      client: { value: '${aws_cognito_user_pool_client.alb.id}' },
    },
  },
  alb: {
    data: { terraform_remote_state: { cognito: { backend: 'local' } } },
    resource: {
      aws_lb: { alb: { name: 'front', load_balancer_type: 'application' } },
      aws_lb_target_group: { app: { name: 'app', port: 3000, protocol: 'HTTP', target_type: 'ip' } },
      aws_lb_listener: {
        https: {
          load_balancer_arn: '${aws_lb.alb.arn}',
          port: 8443,
          protocol: 'HTTPS',
          certificate_arn: 'arn:aws:acm:us-east-1:000000000000:certificate/0',
          default_action: [
            {
              order: 1,
              type: 'authenticate-cognito',
              authenticate_cognito: {
                user_pool_arn: '${data.terraform_remote_state.cognito.outputs.pool}',
                user_pool_client_id: '${data.terraform_remote_state.cognito.outputs.client}',
                user_pool_domain: 'people',
              },
            },
            { order: 2, type: 'forward', target_group_arn: '${aws_lb_target_group.app.arn}' },
          ],
        },
      },
    },
    output: { arn: { value: '${aws_lb.alb.arn}' } },
  },
  ecs: {
    data: { terraform_remote_state: { alb: { backend: 'local' } } },
    resource: { aws_ecs_task_definition: { app: { container_definitions: JSON.stringify(CONTAINER) } } },
  },
};

type Json = Readonly<Record<string, unknown>>;

function stacks(json: Json): SynthesizedStacks {
  return new Map(
    Object.entries(json).map(([name, terraform]) => [
      name,
      { name, dependencies: [], terraform: terraformJson.parse(terraform) },
    ]),
  );
}

const without = (stack: keyof typeof JSON_OF_STACKS, type: string): Json => {
  const resources = Object.entries(JSON_OF_STACKS[stack].resource).filter(([name]) => name !== type);
  return { ...JSON_OF_STACKS, [stack]: { ...JSON_OF_STACKS[stack], resource: Object.fromEntries(resources) } };
};

describe('describeLogin', () => {
  it('joins what three stacks say', () => {
    const login = describeLogin(stacks(JSON_OF_STACKS));
    expect(login.publicUrl.origin).toBe('https://app.localhost:8443');
    expect(login.userPoolDomain).toBe('people');
    expect(login.environment['ALB_ARN']).toBe(login.loadBalancer.arn);
    expect(login.loadBalancer.arn).toMatch(
      /^arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer\/app\/front\//,
    );
    expect(login.loadBalancer.listeners[0]?.rules[0]?.actions[0]).toMatchObject({
      type: 'authenticate-cognito',
      userPoolArn: expect.stringMatching(/^arn:aws:cognito-idp:us-east-1:000000000000:userpool\/us-east-1_/),
      userPoolClientId: expect.stringMatching(/^[a-z0-9]{26}$/),
    });
  });

  it.each<[string, Json, string]>([
    ['no ecs stack', { alb: JSON_OF_STACKS.alb, cognito: JSON_OF_STACKS.cognito }, 'STACK_MISSING'],
    ['no load balancer', { ...JSON_OF_STACKS, alb: {} }, 'RESOURCE_MISSING'],
    ['no domain of the pool', without('cognito', 'aws_cognito_user_pool_domain'), 'RESOURCE_MISSING'],
    [
      'a domain that leads elsewhere',
      JSON.parse(JSON.stringify(JSON_OF_STACKS).replaceAll('app.localhost:8443', 'app.example.com')) as Json,
      'DOMAIN_NOT_LOCAL',
    ],
    [
      'a domain that only looks local',
      JSON.parse(JSON.stringify(JSON_OF_STACKS).replaceAll('app.localhost:8443', 'notlocalhost')) as Json,
      'DOMAIN_NOT_LOCAL',
    ],
  ])('refuses %s', (_case, json, code) => {
    expect(() => describeLogin(stacks(json))).toThrow(expect.objectContaining({ code }));
  });
});
