import { describe, expect, it } from '@jest/globals';
import { namesSecret } from './secret-name.ts';

describe('namesSecret', () => {
  it.each([
    'password',
    'DB_PASSWORD',
    'masterPassword',
    'api_key',
    'apiKey',
    'client_secret',
    'auth_token',
    'private-key',
    'STRIPE_SECRET_KEY',
    'connection_string',
    'passwords',
    'password_1',
  ])('is said by %s', (name) => {
    expect(namesSecret(name, 'hunter two')).toBe(true);
  });

  it.each([
    'password_policy',
    'secret_arn',
    'token_validity_units',
    'key',
    'keyboard',
    'name',
    'kms_key_id',
    'tokenizer',
    'key_name',
  ])('is not said by %s', (name) => {
    expect(namesSecret(name, 'hunter two')).toBe(false);
  });

  it.each(['minutes', 'required', '60', '', 'true', 'arn:aws:kms:eu-west-1:1:key/x', '${random_password.db.result}'])(
    'is not said of %j',
    (value) => {
      expect(namesSecret('token', value)).toBe(false);
    },
  );

  it('is said of capitals', () => {
    expect(namesSecret('password', 'HUNTER')).toBe(true);
  });
});
