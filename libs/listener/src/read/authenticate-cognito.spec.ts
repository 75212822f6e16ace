import { describe, expect, it } from '@jest/globals';
import { thrown } from '../testdata/thrown.ts';
import { readAuthenticateCognito } from './authenticate-cognito.ts';

const place = { address: 'aws_lb_listener.https', field: 'default_action.0.authenticate_cognito' };
const required = {
  user_pool_arn: 'arn:pool',
  user_pool_client_id: '${aws_cognito_user_pool_client.alb.id}',
  user_pool_domain: 'x',
};

describe('readAuthenticateCognito', () => {
  it("has AWS's defaults, and keeps references to the pool", () => {
    expect(readAuthenticateCognito(required, place)).toEqual({
      type: 'authenticate-cognito',
      userPoolArn: 'arn:pool',
      userPoolClientId: '${aws_cognito_user_pool_client.alb.id}',
      userPoolDomain: 'x',
      sessionCookieName: 'AWSELBAuthSessionCookie',
      scope: 'openid',
      sessionTimeoutSeconds: 604_800,
      onUnauthenticatedRequest: 'authenticate',
      authenticationRequestExtraParams: {},
    });
  });

  it('reads what is given', () => {
    const given = {
      ...required,
      session_cookie_name: 'Shop',
      scope: 'openid email',
      session_timeout: '60',
      on_unauthenticated_request: 'allow',
      authentication_request_extra_params: { prompt: 'login' },
    };
    expect(readAuthenticateCognito([given], place)).toMatchObject({
      sessionCookieName: 'Shop',
      scope: 'openid email',
      sessionTimeoutSeconds: 60,
      onUnauthenticatedRequest: 'allow',
      authenticationRequestExtraParams: { prompt: 'login' },
    });
  });

  it.each([
    ['no pool', { user_pool_arn: undefined }, 'INVALID_FIELD'],
    ['an empty client', { user_pool_client_id: '' }, 'INVALID_FIELD'],
    ['a cookie name that is none', { session_cookie_name: 'a; Domain=b' }, 'INVALID_FIELD'],
    ['a timeout of 0', { session_timeout: 0 }, 'INVALID_FIELD'],
    ['an unknown mode', { on_unauthenticated_request: 'ignore' }, 'INVALID_FIELD'],
    ['a mode not known yet', { on_unauthenticated_request: '${var.mode}' }, 'INVALID_FIELD'],
    [
      '11 extra parameters',
      { authentication_request_extra_params: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`p${i}`, 'x'])) },
      'INVALID_FIELD',
    ],
    ['an unknown argument', { session_idle_timeout: 60 }, 'UNKNOWN_FIELD'],
    ['a timeout not known yet', { session_timeout: '${var.timeout}' }, 'UNRESOLVED_VALUE'],
  ])('refuses %s', (_, change, code) => {
    expect(thrown(() => readAuthenticateCognito({ ...required, ...change }, place))).toMatchObject({ code });
  });
});
