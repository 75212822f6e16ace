import { describe, expect, it } from '@jest/globals';
import { changeOf, kindsOf } from '../testdata/change-of.ts';
import { poolFindings } from './pool-findings.ts';

const policy = { minimum_length: 12, require_symbols: true, temporary_password_validity_days: 7 };
const pool = {
  admin_create_user_config: [{ allow_admin_create_user_only: true }],
  mfa_configuration: 'OPTIONAL',
  password_policy: [policy],
  lambda_config: [{ pre_sign_up: 'arn:a' }],
  user_pool_add_ons: [{ advanced_security_mode: 'ENFORCED' }],
};
const found = (after: object): readonly string[] =>
  kindsOf(poolFindings([changeOf('aws_cognito_user_pool.pool', pool, { ...pool, ...after })]));

describe('poolFindings', () => {
  it.each<[string, object, readonly string[]]>([
    ['nothing', { name: 'x' }, []],
    ['sign-up', { admin_create_user_config: [{ allow_admin_create_user_only: false }] }, ['stop sign-up-opened']],
    ['sign-up by leaving the block out', { admin_create_user_config: [] }, ['stop sign-up-opened']],
    [
      'sign-up that is kept back',
      { admin_create_user_config: [{ allow_admin_create_user_only: 'hidden-1' }] },
      ['stop sign-up-opened'],
    ],
    ['a second factor for all', { mfa_configuration: 'ON' }, []],
    ['no second factor', { mfa_configuration: 'OFF' }, ['stop login-weakened']],
    ['a second factor that is kept back', { mfa_configuration: 'hidden-2' }, ['stop login-weakened']],
    ['a shorter password', { password_policy: [{ ...policy, minimum_length: 11 }] }, ['look login-weakened']],
    ['a longer password', { password_policy: [{ ...policy, minimum_length: 13 }] }, []],
    ['no symbols', { password_policy: [{ ...policy, require_symbols: false }] }, ['look login-weakened']],
    [
      'passwords that nobody knows',
      { password_policy: [{ ...policy, minimum_length: 'hidden-3' }] },
      ['look login-weakened'],
    ],
    [
      'longer temporary passwords',
      { password_policy: [{ ...policy, temporary_password_validity_days: 30 }] },
      ['look login-weakened'],
    ],
    ['another trigger', { lambda_config: [{ pre_sign_up: 'arn:b' }] }, ['look login-weakened']],
    ['no protection', { user_pool_add_ons: [] }, ['look login-weakened']],
  ])('of %s', (_, after, expected) => {
    expect(found(after)).toEqual(expected);
  });

  it('of what was kept back before, and changes, supposes the worst', () => {
    const before = {
      ...pool,
      mfa_configuration: 'hidden-1',
      password_policy: [{ ...policy, minimum_length: 'hidden-2' }],
    };
    expect(kindsOf(poolFindings([changeOf('aws_cognito_user_pool.pool', before, pool)]))).toEqual([
      'stop login-weakened',
      'look login-weakened',
    ]);
  });

  it('of the domain and of who vouches', () => {
    const changes = [
      changeOf('aws_cognito_user_pool_domain.d', { domain: 'a' }, { domain: 'b' }),
      changeOf('aws_cognito_identity_provider.new', undefined, { provider_name: 'Google' }),
      changeOf('aws_cognito_identity_provider.gone', { provider_name: 'Google' }, undefined),
      changeOf('aws_cognito_user_group.g', undefined, {}),
    ];
    expect(kindsOf(poolFindings(changes))).toEqual(['look login-domain', 'look login-provider', 'note login-provider']);
  });

  it('of a new pool, and of one that goes, is silent: there was no login to weaken', () => {
    const open = { admin_create_user_config: [], mfa_configuration: 'OFF' };
    expect(
      poolFindings([
        changeOf('aws_cognito_user_pool.pool', undefined, open),
        changeOf('aws_cognito_user_pool.pool', pool, undefined),
      ]),
    ).toEqual([]);
  });
});
