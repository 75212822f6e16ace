import { describe, expect, it } from '@jest/globals';
import { type LoadBalancer } from '../model.ts';
import { shop } from '../testdata/documents.ts';
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
    { address: 'aws_lb_target_group.app', arn: target, name: 'shop-prod-app', port: 3000, protocol: 'HTTP' },
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
});
