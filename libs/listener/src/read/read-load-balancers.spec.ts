import { describe, expect, it } from '@jest/globals';
import { type LoadBalancer } from '../model.ts';
import { documentWith, shop } from '../testdata/documents.ts';
import { thrown } from '../testdata/thrown.ts';
import { readLoadBalancers } from './read-load-balancers.ts';

const target = '${aws_lb_target_group.app.arn}';
const pool = {
  userPoolArn: '${data.terraform_remote_state.cognito.outputs.pool_arn}',
  userPoolClientId: '${data.terraform_remote_state.cognito.outputs.client_id}',
  userPoolDomain: 'shop-prod',
};

const expected: LoadBalancer = {
  address: 'aws_lb.alb',
  name: 'shop-prod',
  arn: '${aws_lb.alb.arn}',
  attributes: {
    idleTimeoutSeconds: 120,
    dropInvalidHeaderFields: true,
    xffHeaderProcessing: 'append',
    preserveHostHeader: false,
    desyncMitigation: 'defensive',
    xffClientPort: false,
    wafFailOpen: false,
    tlsVersionAndCipherSuite: false,
  },
  listeners: [
    {
      address: 'aws_lb_listener.http',
      arn: '${aws_lb_listener.http.arn}',
      port: 80,
      protocol: 'HTTP',
      rules: [
        {
          address: 'aws_lb_listener.http',
          priority: 'default',
          conditions: [],
          actions: [
            {
              type: 'redirect',
              statusCode: 301,
              protocol: 'HTTPS',
              host: '#{host}',
              port: '443',
              path: '/#{path}',
              query: '#{query}',
            },
          ],
        },
      ],
    },
    {
      address: 'aws_lb_listener.https',
      arn: '${aws_lb_listener.https.arn}',
      port: 443,
      protocol: 'HTTPS',
      certificates: [{ address: 'aws_lb_listener.https', arn: 'arn:aws:acm:eu-west-1:111122223333:certificate/c' }],
      sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      rules: [
        {
          address: 'aws_lb_listener_rule.public',
          priority: 20,
          conditions: [
            { field: 'path-pattern', values: ['/logged-out', '/assets/gatehouse.css', '/assets/favicon.svg'] },
          ],
          actions: [{ type: 'forward', targetGroups: [{ arn: target, weight: 1 }] }],
        },
        {
          address: 'aws_lb_listener_rule.api',
          priority: 200,
          conditions: [
            { field: 'path-pattern', values: ['/api/*'] },
            { field: 'host-header', values: ['shop.example.com', '*.shop.example.com'] },
          ],
          actions: [
            {
              type: 'authenticate-cognito',
              ...pool,
              sessionCookieName: 'AWSELBAuthSessionCookie',
              scope: 'openid',
              sessionTimeoutSeconds: 604_800,
              onUnauthenticatedRequest: 'deny',
              authenticationRequestExtraParams: {},
            },
            {
              type: 'forward',
              targetGroups: [
                { arn: target, weight: 90 },
                { arn: '${aws_lb_target_group.canary.arn}', weight: 10 },
              ],
            },
          ],
        },
        {
          address: 'aws_lb_listener_rule.maintenance',
          priority: 1000,
          conditions: [
            { field: 'query-string', values: [{ key: 'preview', value: 'v?' }, { value: 'beta*' }] },
            { field: 'http-header', name: 'X-Preview', values: ['yes'] },
            { field: 'http-request-method', values: ['GET'] },
            { field: 'source-ip', values: ['192.0.2.0/24'] },
          ],
          actions: [{ type: 'fixed-response', statusCode: 503, contentType: 'text/plain', messageBody: 'Back soon' }],
        },
        {
          address: 'aws_lb_listener.https',
          priority: 'default',
          conditions: [],
          actions: [
            {
              type: 'authenticate-cognito',
              ...pool,
              sessionCookieName: 'ShopSession',
              scope: 'openid email profile',
              sessionTimeoutSeconds: 3600,
              onUnauthenticatedRequest: 'authenticate',
              authenticationRequestExtraParams: { lang: 'de' },
            },
            { type: 'forward', targetGroups: [{ arn: target, weight: 1 }] },
          ],
        },
      ],
    },
  ],
  targetGroups: [
    {
      address: 'aws_lb_target_group.app',
      arn: target,
      name: 'shop-prod-app',
      port: 3000,
      protocol: 'HTTP',
      healthCheck: { path: '/health/ready' },
    },
    {
      address: 'aws_lb_target_group.canary',
      arn: '${aws_lb_target_group.canary.arn}',
      name: 'shop-prod-canary',
      port: 3443,
      protocol: 'HTTPS',
    },
  ],
};

describe('readLoadBalancers', () => {
  it('reads what CDKTF synthesized, rules by priority and actions by order', () => {
    expect(readLoadBalancers(shop())).toEqual([
      { ...expected, targetGroups: expect.arrayContaining([...expected.targetGroups]) as unknown },
    ]);
  });

  it('links by literal ARN where references were resolved before reading', () => {
    const resolved = JSON.parse(JSON.stringify(shop()).replaceAll(/\$\{(aws_lb\w*\.\w+)\.(?:arn|id)\}/g, 'arn:$1')) as {
      resource: Record<string, Record<string, Record<string, unknown>>>;
    };
    for (const [type, bodies] of Object.entries(resolved.resource)) {
      for (const [name, body] of Object.entries(bodies)) body['arn'] = `arn:${type}.${name}`;
    }
    const read = JSON.stringify(readLoadBalancers(resolved));
    const expectedText = JSON.stringify(readLoadBalancers(shop()));
    expect(read).toBe(expectedText.replaceAll(/\$\{(aws_lb\w*\.\w+)\.arn\}/g, 'arn:$1'));
    expect(read).toContain('arn:aws_lb_listener.https');
  });

  it('keeps apart the listeners and target groups of two load balancers', () => {
    const { resource } = documentWith() as { resource: Record<string, Record<string, object>> };
    const two = {
      ...resource,
      aws_lb: { alb: {}, other: {} },
      aws_lb_listener: {
        ...resource['aws_lb_listener'],
        other: { ...resource['aws_lb_listener']?.['https'], load_balancer_arn: '${aws_lb.other.arn}' },
      },
      aws_lb_target_group: { ...resource['aws_lb_target_group'], unused: { target_type: 'alb' } },
    };
    const read = readLoadBalancers({ resource: two });
    expect(read.map(({ listeners }) => listeners.map(({ address }) => address))).toEqual([
      ['aws_lb_listener.https'],
      ['aws_lb_listener.other'],
    ]);
    expect(read.map(({ listeners }) => listeners[0]?.rules.length)).toEqual([2, 1]);
    expect(read.map(({ targetGroups }) => targetGroups.map(({ name }) => name))).toEqual([['app'], ['app']]);
  });

  it('refuses two listeners on one port', () => {
    const { resource } = documentWith() as { resource: Record<string, Record<string, object>> };
    const https = resource['aws_lb_listener']?.['https'];
    const error = thrown(() =>
      readLoadBalancers({ resource: { ...resource, aws_lb_listener: { https, twin: https } } }),
    );
    expect(error).toMatchObject({ code: 'DUPLICATE_PORT', address: 'aws_lb_listener.twin' });
  });

  it.each([
    [
      'a listener of a load balancer that is not there',
      { listener: { load_balancer_arn: 'arn:x' } },
      'UNKNOWN_REFERENCE',
    ],
    ['a rule of a listener that is not there', { rule: { listener_arn: '${var.listener}' } }, 'UNKNOWN_REFERENCE'],
    ['a listener of none', { listener: { load_balancer_arn: undefined } }, 'INVALID_FIELD'],
    ['a rule of none', { rule: { listener_arn: null } }, 'INVALID_FIELD'],
  ])('refuses %s, which would else be passed over', (_, changes, code) => {
    expect(thrown(() => readLoadBalancers(documentWith(changes))).code).toBe(code);
  });

  it('changes nothing of what it is given', () => {
    const document = shop();
    readLoadBalancers(document);
    expect(document).toEqual(shop());
  });
});
