import { describe, expect, it } from '@jest/globals';

import { checkLoadBalancer } from '../check-load-balancer.ts';
import {
  albArn,
  authenticateAction,
  forwardAction,
  httpListener,
  httpsListener,
  loadBalancer,
  loginRule,
  oidcAction,
  rule,
} from '../testdata/load-balancer.ts';
import { localise } from './localise.ts';

const away = {
  type: 'redirect',
  statusCode: 301,
  protocol: 'HTTPS',
  host: '#{host}',
  port: '443',
  path: '/',
  query: '',
} as const;
const unknown = { ...authenticateAction, userPoolClientId: '${aws_cognito_user_pool_client.shop.id}' };
const planned = loadBalancer(
  [
    { ...httpsListener({ ...loginRule, actions: [unknown, forwardAction] }), port: 443 },
    { ...httpListener(rule('default', [away])), port: 80 },
  ],
  { arn: '${aws_lb.shop.arn}', name: 'shop' },
);

describe('localise', () => {
  it('takes ports that every user may take, and lets redirects follow', () => {
    const local = localise(planned, { ports: new Map(), clientId: 'c1' });
    expect(local.listeners.map(({ port }) => port)).toEqual([8443, 8080]);
    expect(local.listeners[1]?.rules[0]?.actions).toEqual([{ ...away, port: '8443' }]);
    expect(localise(planned, { ports: new Map([[443, 9443]]), clientId: 'c1' }).listeners[0]?.port).toBe(9443);
  });

  it('gives an ARN and a client where Terraform knows none yet, and leaves those that it knows', () => {
    const local = localise(planned, { ports: new Map(), clientId: 'c1' });
    expect(() => checkLoadBalancer(local)).not.toThrow();
    expect(local.arn).toMatch(/^arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer\/app\/shop\//);
    const applied = loadBalancer([{ ...httpsListener(loginRule), port: 8443 }]);
    expect(localise(applied, { ports: new Map(), clientId: 'other' })).toEqual(applied);
    expect(applied.arn).toBe(albArn);
  });

  it('says what to pass when a login with OpenID Connect is not known', () => {
    for (const name of ['issuer', 'tokenEndpoint', 'clientId'] as const) {
      const rule = { ...loginRule, actions: [{ ...oidcAction, [name]: '${var.of_the_login}' }, forwardAction] };
      const problem = expect.objectContaining({
        code: 'CONFIGURATION_UNUSABLE',
        message: expect.stringContaining(name),
      });
      expect(() => localise(loadBalancer([httpsListener(rule)]), { ports: new Map(), clientId: 'c1' })).toThrow(
        problem,
      );
    }
  });

  it('says what to give when the client is not known', () => {
    expect(() => localise(planned, { ports: new Map() })).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION_UNUSABLE' }),
    );
  });
});
