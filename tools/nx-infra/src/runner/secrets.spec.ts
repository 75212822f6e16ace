import { describe, expect, it } from '@jest/globals';

import { withoutSecrets } from './secrets.ts';

describe('withoutSecrets', () => {
  it('names a secret instead of showing it', () => {
    const env = {
      AWS_SECRET_ACCESS_KEY: 'canary-0123456789',
      AWS_SESSION_TOKEN: 'canary-token-1',
      AWS_REGION: 'eu-west-1',
    };
    expect(withoutSecrets('key canary-0123456789, canary-token-1 in eu-west-1', env)).toBe(
      'key (AWS_SECRET_ACCESS_KEY), (AWS_SESSION_TOKEN) in eu-west-1',
    );
  });

  it('leaves a text alone whose words are as short as a placeholder', () => {
    expect(withoutSecrets('a test', { AWS_SECRET_ACCESS_KEY: 'test', DB_PASSWORD: '' })).toBe('a test');
  });
});
