import { describe, expect, it } from '@jest/globals';

import { dev } from '../environments/dev.ts';
import { local } from '../environments/local.ts';
import { type Environment } from '../environments/index.ts';
import { prod } from '../environments/prod.ts';
import { synthesized } from '../testing/synthesized.ts';

const client = (environment: Environment) =>
  synthesized(environment).body('cognito', 'aws_cognito_user_pool_client.alb');

describe('CognitoStack', () => {
  it('makes the client that the load balancer demands: a secret, the code grant, openid', () => {
    expect(client(local)).toMatchObject({
      generate_secret: true,
      allowed_oauth_flows_user_pool_client: true,
      allowed_oauth_flows: ['code'],
      allowed_oauth_scopes: ['openid', 'email', 'profile'],
      callback_urls: ['https://app.localhost:8443/oauth2/idpresponse'],
      logout_urls: ['https://app.localhost:8443/logged-out'],
      supported_identity_providers: ['COGNITO'],
    });
  });

  it('tells nobody whether a user exists, and can take tokens back', () => {
    expect(client(prod)).toMatchObject({ prevent_user_existence_errors: 'ENABLED', enable_token_revocation: true });
  });

  it('lets nobody log in through the API of the client', () => {
    expect(client(prod)).toMatchObject({ explicit_auth_flows: ['ALLOW_REFRESH_TOKEN_AUTH'] });
  });

  it.each([
    [60, 60],
    [3600, 60],
    [3601, 61],
    [28_800, 480],
  ])(
    'keeps a session of %d seconds refreshable for %d minutes, of which Cognito takes no fewer than 60',
    (seconds, minutes) => {
      const environment = { ...dev, login: { ...dev.login, sessionTimeoutSeconds: seconds } };
      expect(client(environment)).toMatchObject({
        refresh_token_validity: minutes,
        access_token_validity: 15,
        token_validity_units: [{ access_token: 'minutes', id_token: 'minutes', refresh_token: 'minutes' }],
      });
    },
  );

  it('asks for a second factor as the environment says', () => {
    const pool = (mfa: Environment['login']['mfa']) =>
      synthesized({ ...dev, login: { ...dev.login, mfa } }).body('cognito', 'aws_cognito_user_pool.pool');
    expect(pool('OFF')).toMatchObject({ mfa_configuration: 'OFF' });
    expect(pool('OFF')).not.toHaveProperty('software_token_mfa_configuration');
    expect(pool('ON')).toMatchObject({
      mfa_configuration: 'ON',
      software_token_mfa_configuration: { enabled: true },
    });
  });

  it('lets nobody sign up, and protects the people of prod from a slip', () => {
    expect(synthesized(prod).body('cognito', 'aws_cognito_user_pool.pool')).toMatchObject({
      admin_create_user_config: { allow_admin_create_user_only: true },
      deletion_protection: 'ACTIVE',
    });
  });

  it('has a group for each name, whatever else in the stack is called so', () => {
    const groups = ['admins', 'pool', 'domain', 'alb'];
    const environment = { ...dev, login: { ...dev.login, groups } };
    const made = synthesized(environment).resources.filter(({ type }) => type === 'aws_cognito_user_group');
    expect(made.map(({ body }) => body['name']).sort()).toEqual([...groups].sort());
  });
});
