import { describe, expect, it } from '@jest/globals';

import { type Environment } from '../environments/index.ts';
import { local } from '../environments/local.ts';
import { everything } from '../testing/everything.ts';
import { codesWith, full } from './testing/broken.ts';

describe('the app client', () => {
  const client = (body: object) => codesWith('cognito', 'aws_cognito_user_pool_client.alb', body);

  it.each([false, undefined, '${var.secret}'])('has a secret: generate_secret is not %j', (value) => {
    expect(client({ generate_secret: value })).toEqual(['CLIENT_WITHOUT_SECRET']);
  });

  it.each([[['implicit']], [['code', 'implicit']], [[]], [undefined], ['code']])(
    'has the code grant alone, not %j',
    (flows) => {
      expect(client({ allowed_oauth_flows: flows })).toEqual(['CLIENT_GRANT']);
    },
  );

  it('has its grant switched on', () => {
    expect(client({ allowed_oauth_flows_user_pool_client: false })).toEqual(['CLIENT_GRANT']);
  });

  it.each([
    [['https://App.localhost:8443/oauth2/idpresponse']],
    [['https://app.localhost/oauth2/idpresponse']],
    [['http://app.localhost:8443/oauth2/idpresponse']],
    [['https://app.localhost:8443/oauth2/idpresponse', 'https://evil.example/']],
    [[]],
  ])('goes back to the one callback, not to %j', (urls) => {
    expect(client({ callback_urls: urls })).toEqual(['CALLBACK_MISMATCH']);
  });

  it('is any client of any pool', () => {
    const codes = codesWith('ecr', 'aws_cognito_user_pool_client.second', { name: 'second' });
    expect(codes).toEqual(['CLIENT_WITHOUT_SECRET', 'CLIENT_GRANT', 'CLIENT_API_LOGIN', 'CALLBACK_MISMATCH']);
  });
});

describe('the client of machines', () => {
  const client = (body: object, environment: Environment = everything) =>
    codesWith('cognito', 'aws_cognito_user_pool_client.machines', body, environment);

  it('needs machines in the environment', () => {
    const machines = full.body('cognito', 'aws_cognito_user_pool_client.machines');
    expect(client(machines)).toEqual([]);
    expect(client(machines, local)).toEqual(['CLIENT_GRANT', 'CALLBACK_MISMATCH']);
  });

  it.each([
    [['client_credentials', 'code']],
    [['client_credentials', 'implicit']],
    [['client_credentials', 'client_credentials']],
  ])('has one grant, not %j', (flows) => {
    expect(client({ allowed_oauth_flows: flows })).toContain('CLIENT_GRANT');
  });

  it.each([
    { callback_urls: ['https://app.example.com/oauth2/idpresponse'] },
    { logout_urls: ['https://app.example.com/logged-out'] },
    { callback_urls: '${var.urls}' },
  ])('sends nobody anywhere: %j', (body) => {
    expect(client(body)).toEqual(['CALLBACK_MISMATCH']);
  });

  it.each([
    [['openid']],
    [['gatehouse-api/read', 'aws.cognito.signin.user.admin']],
    [[]],
    [undefined],
    ['gatehouse-api/read'],
  ])('asks for scopes of the API, not %j', (scopes) => {
    expect(client({ allowed_oauth_scopes: scopes })).toEqual(['MACHINE_SCOPES']);
  });

  it('has a secret', () => {
    expect(client({ generate_secret: false })).toEqual(['CLIENT_WITHOUT_SECRET']);
  });
});

describe('nobody logs in by API', () => {
  it.each([
    [undefined],
    [[]],
    [['ALLOW_USER_PASSWORD_AUTH']],
    [['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH']],
    ['${var.flows}'],
  ])('explicit_auth_flows are not %j', (flows) => {
    const body = { explicit_auth_flows: flows };
    expect(codesWith('cognito', 'aws_cognito_user_pool_client.alb', body)).toEqual(['CLIENT_API_LOGIN']);
  });
});
