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

  const pool = (environment: Environment) => synthesized(environment).body('cognito', 'aws_cognito_user_pool.pool');
  const withLogin = (login: Partial<Environment['login']>): Environment => ({
    ...dev,
    login: { ...dev.login, ...login },
  });

  it('takes an account back by its verified address, and changes the address only once it is verified', () => {
    expect(pool(prod)).toMatchObject({
      account_recovery_setting: { recovery_mechanism: [{ name: 'verified_email', priority: 1 }] },
      auto_verified_attributes: ['email'],
      user_attribute_update_settings: { attributes_require_verification_before_update: ['email'] },
    });
  });

  it('lets people sign up where the environment says so', () => {
    expect(pool(withLogin({ selfSignUp: true }))).toMatchObject({
      admin_create_user_config: { allow_admin_create_user_only: false },
    });
  });

  it('watches for threats where the tier has it, and says nothing of it elsewhere', () => {
    expect(pool(dev)).not.toHaveProperty('user_pool_add_ons');
    expect(pool(withLogin({ tier: 'PLUS', threatProtection: 'ENFORCED' }))).toMatchObject({
      user_pool_tier: 'PLUS',
      user_pool_add_ons: { advanced_security_mode: 'ENFORCED' },
    });
  });

  it('sends mail from an address of ours where there is one', () => {
    const sender = {
      identityArn: 'arn:aws:ses:eu-west-1:111111111111:identity/example.com',
      from: 'login@example.com',
    };
    expect(pool(dev)).not.toHaveProperty('email_configuration');
    expect(pool(withLogin({ sender }))).toMatchObject({
      email_configuration: {
        email_sending_account: 'DEVELOPER',
        source_arn: sender.identityArn,
        from_email_address: 'login@example.com',
      },
    });
  });

  it('shows the classic pages, or the managed ones with a style, without which they would be unavailable', () => {
    const classic = synthesized(dev);
    expect(classic.body('cognito', 'aws_cognito_user_pool_domain.domain')).toMatchObject({ managed_login_version: 1 });
    expect(classic.resources.filter(({ type }) => type === 'aws_cloudformation_stack')).toEqual([]);
    const managed = synthesized(withLogin({ pages: 'managed' }));
    expect(managed.body('cognito', 'aws_cognito_user_pool_domain.domain')).toMatchObject({ managed_login_version: 2 });
    const { template_body: template } = managed.body('cognito', 'aws_cloudformation_stack.login-style');
    expect(JSON.parse(String(template))).toMatchObject({
      Resources: {
        Style: {
          Type: 'AWS::Cognito::ManagedLoginBranding',
          Properties: {
            UserPoolId: '${aws_cognito_user_pool.pool.id}',
            ClientId: '${aws_cognito_user_pool_client.alb.id}',
          },
        },
      },
    });
  });

  it('shows them under a domain of our own, with its record, and says so to the others', () => {
    const certificateArn = 'arn:aws:acm:us-east-1:111111111111:certificate/01234567-89ab-cdef-0123-456789abcdef';
    const there = synthesized(
      withLogin({ hostedLogin: { at: 'domain', domain: 'login.example.com', certificateArn } }),
    );
    expect(there.body('cognito', 'aws_cognito_user_pool_domain.domain')).toMatchObject({
      domain: 'login.example.com',
      certificate_arn: certificateArn,
    });
    expect(there.body('cognito', 'aws_route53_record.login')).toMatchObject({
      zone_id: 'Z0123456789DEVEXAMPLE',
      alias: { name: '${aws_cognito_user_pool_domain.domain.cloudfront_distribution}' },
    });
    expect(there.json('cognito')['output']).toMatchObject({
      hostedUrl: { value: 'https://${aws_cognito_user_pool_domain.domain.domain}' },
    });
  });

  it('has no client of machines by default', () => {
    const clients = synthesized(prod).resources.filter(({ type }) => type === 'aws_cognito_user_pool_client');
    expect(clients.map(({ name }) => name)).toEqual(['alb']);
  });

  it('has one that gets tokens for itself alone, of the scopes it is given', () => {
    const api = {
      identifier: 'reports',
      scopes: [
        { name: 'read', description: 'Read reports' },
        { name: 'write', description: 'Write reports' },
      ],
    };
    const there = synthesized({ ...dev, api, machines: { scopes: ['read'], paths: ['/api/*'] } });
    expect(there.body('cognito', 'aws_cognito_resource_server.api')).toMatchObject({
      identifier: 'reports',
      scope: [{ scope_name: 'read' }, { scope_name: 'write' }],
    });
    const machines = there.body('cognito', 'aws_cognito_user_pool_client.machines');
    expect(machines).toMatchObject({
      generate_secret: true,
      allowed_oauth_flows: ['client_credentials'],
      allowed_oauth_scopes: ['${aws_cognito_resource_server.api.identifier}/read'],
      explicit_auth_flows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    });
    expect(machines).not.toHaveProperty('callback_urls');
    expect(there.json('cognito')['output']).toMatchObject({
      machineClientId: { value: '${aws_cognito_user_pool_client.machines.id}' },
    });
  });
});
