import { describe, expect, it } from '@jest/globals';

import { type SynthesizedStacks } from '../synth/manifest.ts';
import { terraformJson } from './json.ts';
import { localise } from './localise.ts';

function stacks(json: Readonly<Record<string, unknown>>): SynthesizedStacks {
  return new Map(
    Object.entries(json).map(([name, terraform]) => [
      name,
      { name, dependencies: [], terraform: terraformJson.parse(terraform) },
    ]),
  );
}

const REGION = { provider: { aws: [{ region: 'eu-central-1' }] } };

describe('localise', () => {
  const local = localise(
    stacks({
      cognito: {
        ...REGION,
        resource: {
          aws_cognito_user_pool: { pool: { name: 'users' } },
          aws_cognito_user_pool_domain: {
            domain: { domain: 'acme', user_pool_id: '${aws_cognito_user_pool.pool.id}' },
          },
        },
        output: {
          issuer: { value: 'https://${aws_cognito_user_pool.pool.endpoint}' },
          domain: { value: '${aws_cognito_user_pool_domain.domain.domain}' },
          circle: { value: '${aws_cognito_user_pool.pool.loop}' },
        },
      },
      alb: {
        ...REGION,
        data: { terraform_remote_state: { cognito: { backend: 'local' } }, aws_region: { here: {} } },
        resource: {
          aws_lb: { alb: { name: 'front', subnets: '${data.terraform_remote_state.network.outputs.subnets}' } },
          aws_lb_listener: {
            https: {
              load_balancer_arn: '${aws_lb.alb.arn}',
              default_action: [{ issuer: '${data.terraform_remote_state.cognito.outputs.issuer}' }],
              tags: {
                domain: '${data.terraform_remote_state.cognito.outputs.domain}',
                region: '${data.aws_region.here.name}',
              },
            },
          },
        },
        output: {},
      },
    }),
  );
  const resource = (stack: string, type: string, name: string): Record<string, unknown> =>
    local.get(stack)?.resource[type]?.[name] ?? {};

  it('gives a load balancer an ARN of its region and name', () => {
    expect(resource('alb', 'aws_lb', 'alb')['arn']).toMatch(
      /^arn:aws:elasticloadbalancing:eu-central-1:000000000000:loadbalancer\/app\/front\/[0-9a-f]{16}$/,
    );
  });

  it('gives a user pool an id of the form of Cognito', () => {
    expect(resource('cognito', 'aws_cognito_user_pool', 'pool')['id']).toMatch(/^eu-central-1_[A-Za-z0-9]{9}$/);
  });

  it('resolves references inside a stack and across stacks', () => {
    const listener = resource('alb', 'aws_lb_listener', 'https');
    const id = String(resource('cognito', 'aws_cognito_user_pool', 'pool')['id']);
    expect(listener['load_balancer_arn']).toBe(resource('alb', 'aws_lb', 'alb')['arn']);
    expect(listener['default_action']).toEqual([{ issuer: `https://cognito-idp.eu-central-1.amazonaws.com/${id}` }]);
    expect(listener['tags']).toEqual({ domain: 'acme', region: 'eu-central-1' });
  });

  it('leaves what has no counterpart as an expression', () => {
    expect(resource('alb', 'aws_lb', 'alb')['subnets']).toBe('${data.terraform_remote_state.network.outputs.subnets}');
  });

  it('ends at a circle of references', () => {
    const circular = localise(
      stacks({ a: { resource: { x_y: { one: { v: '${x_y.two.v}' }, two: { v: '${x_y.one.v}' } } } } }),
    );
    expect(circular.get('a')?.resource['x_y']?.['one']?.['v']).toMatch(/^\$\{x_y/);
  });

  it('gives the same identifiers every time', () => {
    const once = localise(stacks({ cognito: { resource: { aws_cognito_user_pool: { pool: {} } } } }));
    const again = localise(stacks({ cognito: { resource: { aws_cognito_user_pool: { pool: {} } } } }));
    expect(once).toEqual(again);
  });
});
