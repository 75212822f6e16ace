import { describe, expect, it } from '@jest/globals';
import { oidc } from '../testdata/documents.ts';
import { thrown } from '../testdata/thrown.ts';
import { readAuthenticateOidc } from './authenticate-oidc.ts';

const place = { address: 'aws_lb_listener_rule.one', field: 'action.0.authenticate_oidc' };
const body = oidc['authenticate_oidc'] as Readonly<Record<string, unknown>>;

describe('readAuthenticateOidc', () => {
  it("reads it with AWS's defaults, and without its secret", () => {
    const read = readAuthenticateOidc(body, place);
    expect(read).toEqual({
      type: 'authenticate-oidc',
      issuer: 'https://id.example.com',
      authorizationEndpoint: 'https://id.example.com/authorize',
      tokenEndpoint: 'https://id.example.com/token',
      userInfoEndpoint: 'https://id.example.com/userinfo',
      clientId: 'client',
      sessionCookieName: 'AWSELBAuthSessionCookie',
      scope: 'openid',
      sessionTimeoutSeconds: 604_800,
      onUnauthenticatedRequest: 'authenticate',
      authenticationRequestExtraParams: {},
    });
    expect(JSON.stringify(read)).not.toContain('hush');
  });

  it('takes an endpoint that is not known yet', () => {
    for (const endpoint of ['${var.endpoint}', 'https://${var.host}/token', '${var.scheme}://id.example.com/token']) {
      expect(readAuthenticateOidc({ ...body, token_endpoint: endpoint }, place).tokenEndpoint).toBe(endpoint);
    }
  });

  it.each([
    ['no issuer', { issuer: undefined }, 'INVALID_FIELD'],
    ['an issuer without a scheme', { issuer: 'id.example.com' }, 'INVALID_FIELD'],
    ['a token endpoint over HTTP', { token_endpoint: 'http://id.example.com/token' }, 'INVALID_FIELD'],
    [
      'a token endpoint of a host not known yet, over HTTP',
      { token_endpoint: 'http://${var.host}/t' },
      'INVALID_FIELD',
    ],
    ['claims over HTTP', { user_info_endpoint: 'HTTP://id.example.com/userinfo' }, 'INVALID_FIELD'],
    ['a login with a password in it', { authorization_endpoint: 'https://a:b@id.example.com/' }, 'INVALID_FIELD'],
    ['a login with a fragment', { authorization_endpoint: 'https://id.example.com/#' }, 'INVALID_FIELD'],
    ['an unknown answer to nobody', { on_unauthenticated_request: 'ignore' }, 'INVALID_FIELD'],
    ['an unknown argument', { pkce: true }, 'UNKNOWN_FIELD'],
    ['a cookie name not known yet', { session_cookie_name: '${var.name}' }, 'UNRESOLVED_VALUE'],
  ])('refuses %s, and does not repeat the secret', (_, change, code) => {
    const error = thrown(() => readAuthenticateOidc({ ...body, ...change }, place));
    expect(error.code).toBe(code);
    expect(error.message).not.toContain('hush');
  });
});
