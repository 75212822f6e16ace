import { edit, type Edit } from '../edit.ts';
import { add, copy, drop, everywhere, set, unprotected } from '../house.ts';

const POOL = 'aws_cognito_user_pool.pool';
const CLIENT = 'aws_cognito_user_pool_client.alb';
const CALLBACK = 'https://app.example.com/oauth2/idpresponse';

/** What changes about who logs in, and how. */
export const peopleEdits: readonly Edit[] = [
  edit(
    'pool-replaced',
    unprotected('cognito', POOL),
    set('cognito', POOL, 'username_configuration.case_sensitive', true),
  ),
  edit('pool-renamed', unprotected('cognito', POOL), set('cognito', POOL, 'name', 'gatehouse-production')),
  edit('pool-unprotected', set('cognito', POOL, 'deletion_protection', 'INACTIVE')),
  edit('callback-changed', set('cognito', CLIENT, 'callback_urls', ['https://login.example.net/oauth2/idpresponse'])),
  edit(
    'callback-added',
    set('cognito', CLIENT, 'callback_urls', [CALLBACK, 'https://preview.example.com/oauth2/idpresponse']),
  ),
  edit(
    'callback-http',
    set('cognito', CLIENT, 'callback_urls', [CALLBACK, 'http://app.example.org/oauth2/idpresponse']),
  ),
  edit(
    'logout-url-added',
    set('cognito', CLIENT, 'logout_urls', ['https://app.example.com/logged-out', 'https://www.example.com/']),
  ),
  edit(
    'tokens-longer',
    set('cognito', CLIENT, 'access_token_validity', 1440),
    set('cognito', CLIENT, 'refresh_token_validity', 43_200),
  ),
  edit('tokens-shorter', set('cognito', CLIENT, 'access_token_validity', 5)),
  edit('implicit-flow', set('cognito', CLIENT, 'allowed_oauth_flows', ['code', 'implicit'])),
  edit(
    'password-flow',
    set('cognito', CLIENT, 'explicit_auth_flows', ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_PASSWORD_AUTH']),
  ),
  edit('client-without-secret', set('cognito', CLIENT, 'generate_secret', false)),
  edit(
    'client-added',
    copy('cognito', CLIENT, 'aws_cognito_user_pool_client.mobile', {
      name: 'gatehouse-prod-mobile',
      callback_urls: ['com.example.app://login'],
      logout_urls: [],
      generate_secret: false,
    }),
  ),
  edit('user-existence-told', set('cognito', CLIENT, 'prevent_user_existence_errors', 'LEGACY')),
  edit(
    'mfa-off',
    set('cognito', POOL, 'mfa_configuration', 'OFF'),
    set('cognito', POOL, 'software_token_mfa_configuration', undefined),
  ),
  edit('mfa-required', set('cognito', POOL, 'mfa_configuration', 'ON')),
  edit(
    'passwords-weaker',
    set('cognito', POOL, 'password_policy.minimum_length', 8),
    set('cognito', POOL, 'password_policy.require_numbers', false),
  ),
  edit('passwords-stronger', set('cognito', POOL, 'password_policy.minimum_length', 16)),
  edit('sign-up-opened', set('cognito', POOL, 'admin_create_user_config.allow_admin_create_user_only', false)),
  edit('group-removed', drop('cognito', 'aws_cognito_user_group.users')),
  edit(
    'group-added',
    add('cognito', 'aws_cognito_user_group.auditors', {
      name: 'auditors',
      precedence: 2,
      user_pool_id: '${aws_cognito_user_pool.pool.id}',
    }),
  ),
  edit('hosted-login-renamed', set('cognito', 'aws_cognito_user_pool_domain.domain', 'domain', 'gatehouse-login')),
  edit(
    'domain-changed',
    everywhere('cognito', 'app.example.com', 'portal.example.com'),
    everywhere('alb', 'app.example.com', 'portal.example.com'),
  ),
];
