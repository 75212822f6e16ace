import { describe, expect, it } from '@jest/globals';
import { changeOf, kindsOf } from '../testdata/change-of.ts';
import { clientFindings } from './client-findings.ts';

const client = {
  callback_urls: ['https://app.example.com/oauth2/idpresponse'],
  logout_urls: ['https://app.example.com/logged-out'],
  allowed_oauth_flows: ['code'],
  explicit_auth_flows: ['ALLOW_REFRESH_TOKEN_AUTH'],
  supported_identity_providers: ['COGNITO'],
  generate_secret: true,
  enable_token_revocation: true,
  prevent_user_existence_errors: 'ENABLED',
  access_token_validity: 10,
  refresh_token_validity: 8,
  token_validity_units: [{ access_token: 'minutes', refresh_token: 'hours' }],
};
const found = (after: object): readonly string[] =>
  kindsOf(clientFindings(changeOf('aws_cognito_user_pool_client.alb', client, { ...client, ...after })));

describe('clientFindings', () => {
  it.each<[string, object, readonly string[]]>([
    ['nothing', { name: 'other' }, []],
    ['a callback more', { callback_urls: [...client.callback_urls, 'https://b.example.com/'] }, ['look callback']],
    ['a callback less', { callback_urls: [] }, ['note callback']],
    ['a callback in clear', { callback_urls: ['http://app.example.com/'] }, ['stop callback', 'look callback']],
    [
      'a callback to this machine',
      { callback_urls: [...client.callback_urls, 'http://localhost:8080/'] },
      ['look callback'],
    ],
    ['a logout more', { logout_urls: [...client.logout_urls, 'https://b.example.com/'] }, ['look callback']],
    ['the implicit flow', { allowed_oauth_flows: ['code', 'implicit'] }, ['stop login-weakened', 'look scope']],
    [
      'passwords in the hands of the client',
      { explicit_auth_flows: ['ALLOW_USER_PASSWORD_AUTH'] },
      ['look login-flow'],
    ],
    ['a safe flow', { explicit_auth_flows: ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'] }, ['note login-flow']],
    ['another provider', { supported_identity_providers: ['COGNITO', 'Google'] }, ['look login-provider']],
    ['no secret', { generate_secret: false }, ['stop login-weakened']],
    ['no revocation', { enable_token_revocation: false }, ['look login-weakened']],
    ['a login that tells who is a user', { prevent_user_existence_errors: 'LEGACY' }, ['look login-weakened']],
    ['longer tokens', { access_token_validity: 11 }, ['look token-lifetime']],
    [
      'the same lifetime in another unit',
      { access_token_validity: 600, token_validity_units: [{ access_token: 'seconds', refresh_token: 'hours' }] },
      [],
    ],
    ['the usual unit', { token_validity_units: [] }, ['look token-lifetime', 'look token-lifetime']],
    ['shorter tokens', { refresh_token_validity: 1 }, []],
  ])('of %s', (_, after, expected) => {
    expect(found(after)).toEqual(expected);
  });

  it('of a new client says only what is never right', () => {
    const made = (more: object): readonly string[] =>
      kindsOf(clientFindings(changeOf('aws_cognito_user_pool_client.alb', undefined, { ...client, ...more })));
    const pool = { user_pool_id: '${aws_cognito_user_pool.pool.id}' };
    expect(made(pool)).toEqual([]);
    // The pool is there, with its users.
    expect(made({ user_pool_id: 'eu-west-1_0123456789' })).toEqual(['look callback']);
    const open = { ...client, ...pool, allowed_oauth_flows: ['implicit'], callback_urls: ['http://x.example.com/'] };
    expect(kindsOf(clientFindings(changeOf('aws_cognito_user_pool_client.alb', undefined, open)))).toEqual([
      'stop login-weakened',
      'stop callback',
    ]);
    expect(clientFindings(changeOf('aws_cognito_user_pool_client.alb', client, undefined))).toEqual([]);
  });
});
