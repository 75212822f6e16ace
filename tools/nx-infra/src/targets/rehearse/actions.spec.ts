import { type Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from '@jest/globals';

import { describedActions, describedConditions, foundActions, foundConditions } from './actions.ts';

const login = {
  type: 'authenticate-cognito',
  order: 1,
  authenticate_cognito: {
    on_unauthenticated_request: 'authenticate',
    scope: 'openid',
    session_timeout: 60,
    user_pool_arn: '${data.it.arn}',
    user_pool_client_id: '${data.it.client}',
    user_pool_domain: '${data.it.domain}',
  },
};
const forward = { type: 'forward', order: 2, target_group_arn: '${aws_lb_target_group.app.arn}' };
const foundLogin = {
  Type: 'authenticate-cognito',
  Order: 1,
  AuthenticateCognitoConfig: {
    OnUnauthenticatedRequest: 'authenticate',
    Scope: 'openid',
    SessionTimeout: 60,
    UserPoolArn: 'arn',
    UserPoolClientId: 'id',
    UserPoolDomain: 'people',
  },
} as const satisfies Action;
const foundForward: Action = { Type: 'forward', Order: 2, TargetGroupArn: 'arn', ForwardConfig: { TargetGroups: [] } };

describe('actions', () => {
  it('are the same in the words of Terraform and of the SDK', () => {
    expect(foundActions([foundForward, foundLogin])).toEqual(describedActions([login, forward]));
    const redirect = { type: 'redirect', redirect: { port: '443', protocol: 'HTTPS', status_code: 'HTTP_301' } };
    const RedirectConfig = { Host: '#{host}', Path: '/#{path}', Query: '#{query}' };
    expect(
      foundActions([
        {
          Type: 'redirect',
          RedirectConfig: { ...RedirectConfig, Port: '443', Protocol: 'HTTPS', StatusCode: 'HTTP_301' },
        },
      ]),
    ).toEqual(describedActions([redirect]));
  });

  it.each([
    ['another order', [{ ...foundForward, Order: 0 }, foundLogin]],
    ['an action less', [foundForward]],
    ['another answer to strangers', [with_({ OnUnauthenticatedRequest: 'allow' }), foundForward]],
    ['another timeout', [with_({ SessionTimeout: 61 }), foundForward]],
    ['a setting more', [with_({ SessionCookieName: 'other' }), foundForward]],
  ])('differ by %s', (_what, found) => {
    expect(foundActions(found)).not.toEqual(describedActions([login, forward]));
  });

  it('are not compared where only Terraform knows what they say', () => {
    const elsewhere = { type: 'redirect', redirect: { host: '${var.host}', status_code: 'HTTP_301' } };
    expect(() => describedActions([elsewhere])).toThrow('Host is known to Terraform alone');
  });
});

describe('conditions', () => {
  const path = { path_pattern: { values: ['/b', '/a'] } };
  const header = { http_header: { http_header_name: 'Authorization', values: ['Bearer *'] } };
  const Path = { Field: 'path-pattern', Values: ['/a', '/b'], PathPatternConfig: { Values: ['/a', '/b'] } };
  const Header = { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'Authorization', Values: ['Bearer *'] } };

  it('are the same in the words of Terraform and of the SDK, in any order', () => {
    expect(foundConditions([Header, Path])).toEqual(describedConditions([path, header]));
  });

  it.each([
    ['a condition less', [Path]],
    ['a path more', [{ ...Path, PathPatternConfig: { Values: ['/a', '/b', '/*'] } }, Header]],
    ['another header', [Path, { ...Header, HttpHeaderConfig: { HttpHeaderName: 'X', Values: ['Bearer *'] } }]],
  ])('differ by %s', (_what, found) => {
    expect(foundConditions(found)).not.toEqual(describedConditions([path, header]));
  });
});

function with_(changed: object): Action {
  return { ...foundLogin, AuthenticateCognitoConfig: { ...foundLogin.AuthenticateCognitoConfig, ...changed } };
}
