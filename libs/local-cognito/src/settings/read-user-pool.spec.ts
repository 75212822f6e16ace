import { describe, expect, it } from '@jest/globals';
import { LocalUserPoolError } from '../errors.ts';
import { cognitoStackJson } from '../testdata/stack.ts';
import { readUserPool } from './read-user-pool.ts';

describe('readUserPool', () => {
  it('reads the pool, its groups and its clients', () => {
    expect(readUserPool(cognitoStackJson())).toEqual({
      id: 'us-east-1_GateHouse',
      region: 'us-east-1',
      name: 'gatehouse-local',
      domain: 'gatehouse-local',
      signIn: { identifiers: ['username'], usernameIsSub: false, caseSensitive: false },
      passwordPolicy: {
        minimumLength: 12,
        requireLowercase: true,
        requireNumbers: false,
        requireSymbols: false,
        requireUppercase: false,
        temporaryPasswordDays: 7,
      },
      mfa: { mode: 'OFF', softwareToken: false },
      selfSignUp: true,
      autoVerified: [],
      attributes: [],
      groups: [{ name: 'admins' }, { name: 'users' }],
      resourceServers: [],
      deletionProtection: false,
      clients: [
        {
          id: 'albclient',
          name: 'alb',
          hasSecret: true,
          flows: ['code'],
          scopes: ['openid', 'email', 'profile'],
          callbackUrls: ['https://app.localhost:8443/oauth2/idpresponse'],
          logoutUrls: ['https://app.localhost:8443/logged-out'],
          authFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
          hidesUsers: false,
          revocationAllowed: true,
          challengeSeconds: 180,
          refreshAllowed: true,
          accessTokenSeconds: 900,
          idTokenSeconds: 1200,
          refreshTokenSeconds: 3600,
        },
      ],
    });
  });

  it.each([
    [{ username_attributes: ['email'] }, { identifiers: ['email'], usernameIsSub: true, caseSensitive: false }],
    [
      { alias_attributes: ['email'] },
      { identifiers: ['username', 'email'], usernameIsSub: false, caseSensitive: false },
    ],
    [
      { alias_attributes: ['preferred_username', 'phone_number'] },
      {
        identifiers: ['username', 'preferred_username', 'phone_number'],
        usernameIsSub: false,
        caseSensitive: false,
      },
    ],
    [
      { username_configuration: { case_sensitive: true } },
      { identifiers: ['username'], usernameIsSub: false, caseSensitive: true },
    ],
    [
      { username_configuration: [{ case_sensitive: true }] },
      { identifiers: ['username'], usernameIsSub: false, caseSensitive: true },
    ],
  ])('reads how people sign in: %j', (pool, signIn) => {
    expect(readUserPool(cognitoStackJson({ pool })).signIn).toEqual(signIn);
  });

  it('reads second factors, sign-up, attributes and what protects the pool', () => {
    const pool = {
      mfa_configuration: 'OPTIONAL',
      software_token_mfa_configuration: { enabled: true },
      admin_create_user_config: { allow_admin_create_user_only: true },
      auto_verified_attributes: ['email'],
      deletion_protection: 'ACTIVE',
      schema: [
        { name: 'email', attribute_data_type: 'String', required: true, mutable: true },
        {
          name: 'team',
          attribute_data_type: 'String',
          mutable: false,
          string_attribute_constraints: { min_length: '1', max_length: '20' },
        },
        { name: 'level', attribute_data_type: 'Number', number_attribute_constraints: [{ max_value: '9' }] },
      ],
    };
    expect(readUserPool(cognitoStackJson({ pool }))).toMatchObject({
      mfa: { mode: 'OPTIONAL', softwareToken: true },
      selfSignUp: false,
      autoVerified: ['email'],
      deletionProtection: true,
      attributes: [
        { name: 'email', type: 'String', required: true, mutable: true },
        { name: 'custom:team', type: 'String', required: false, mutable: false, minimum: 1, maximum: 20 },
        { name: 'custom:level', type: 'Number', required: false, mutable: true, maximum: 9 },
      ],
    });
  });

  it('reads what a client may do by API', () => {
    const client = {
      explicit_auth_flows: ['ALLOW_USER_PASSWORD_AUTH'],
      prevent_user_existence_errors: 'ENABLED',
      enable_token_revocation: false,
      auth_session_validity: 5,
    };
    expect(readUserPool(cognitoStackJson({ client })).clients[0]).toMatchObject({
      authFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      hidesUsers: true,
      revocationAllowed: false,
      challengeSeconds: 300,
      refreshAllowed: false,
    });
  });

  it("gives a client Cognito's defaults for what the stack leaves out", () => {
    const client = {
      access_token_validity: undefined,
      id_token_validity: 0,
      refresh_token_validity: undefined,
      token_validity_units: undefined,
      explicit_auth_flows: undefined,
    };
    expect(readUserPool(cognitoStackJson({ client })).clients[0]).toMatchObject({
      accessTokenSeconds: 3600,
      idTokenSeconds: 3600,
      refreshTokenSeconds: 2_592_000,
      refreshAllowed: true,
    });
  });

  it('leaves a client without OAuth no flow', () => {
    const client = { allowed_oauth_flows_user_pool_client: false };
    expect(readUserPool(cognitoStackJson({ client })).clients[0]?.flows).toEqual([]);
  });

  it.each([
    [undefined, 'document'],
    [{ resource: {} }, 'aws_cognito_user_pool'],
    [{ resource: { aws_cognito_user_pool: {} } }, 'aws_cognito_user_pool: expected exactly one, found 0'],
    [cognitoStackJson({ pool: { id: undefined } }), 'aws_cognito_user_pool.pool.id'],
    [cognitoStackJson({ pool: { id: 'gatehouse' } }), 'must look like us-east-1_AbCdEfGhI'],
    [
      cognitoStackJson({ client: { user_pool_id: '${aws_cognito_user_pool.pool.id}' } }),
      'aws_cognito_user_pool_client.alb.user_pool_id: is still a Terraform reference',
    ],
    [cognitoStackJson({ client: { callback_urls: ['https://${var.domain}/x'] } }), 'alb.callback_urls.0: is still'],
    [cognitoStackJson({ client: { user_pool_id: 'us-east-1_Other' } }), 'alb.user_pool_id: is "us-east-1_Other"'],
    [cognitoStackJson({ client: { allowed_oauth_flows: ['password'] } }), 'alb.allowed_oauth_flows.0'],
    [cognitoStackJson({ client: { access_token_validity: 4 } }), 'alb.access_token_validity: must be 300 to 86400'],
    [cognitoStackJson({ client: { refresh_token_validity: 0.5 } }), 'alb.refresh_token_validity: must be 3600'],
  ])('refuses %j', (json, line) => {
    const read = (): unknown => readUserPool(json);
    expect(read).toThrow(LocalUserPoolError);
    expect(read).toThrow(expect.objectContaining({ code: 'TERRAFORM_INVALID' }));
    expect(read).toThrow(line);
  });
});
