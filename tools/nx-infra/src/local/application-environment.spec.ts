import { describe, expect, it } from '@jest/globals';

import { applicationEnvironment } from './application-environment.ts';

const ADDRESSES = {
  publicKeysUrl: 'https://localhost:1',
  jwksUrl: 'https://localhost:2/pool/.well-known/jwks.json',
  hostedUrl: 'https://pool.auth.localhost:2',
  poolApi: { url: 'https://localhost:2', accessKeyId: 'LOCALKEY', secretAccessKey: 'local-secret' },
  caFile: '/state/ca.pem',
};

describe('applicationEnvironment', () => {
  it('changes addresses and keeps identities', () => {
    const container = { ALB_ARN: 'arn:lb', COGNITO_ISSUER: 'https://issuer', COGNITO_JWKS_URL: 'https://issuer/jwks' };
    expect(applicationEnvironment(container, ADDRESSES)).toEqual({
      ALB_ARN: 'arn:lb',
      COGNITO_ISSUER: 'https://issuer',
      ALB_PUBLIC_KEYS_URL: 'https://localhost:1',
      COGNITO_JWKS_URL: 'https://localhost:2/pool/.well-known/jwks.json',
      COGNITO_HOSTED_URL: 'https://pool.auth.localhost:2',
      NODE_EXTRA_CA_CERTS: '/state/ca.pem',
    });
  });

  it('hands on the keys of the pool where users are administered, and nowhere else', () => {
    expect(applicationEnvironment({ COGNITO_USER_POOL_ID: 'us-east-1_Pool' }, ADDRESSES)).toMatchObject({
      COGNITO_USER_POOL_ID: 'us-east-1_Pool',
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: 'https://localhost:2',
      AWS_ACCESS_KEY_ID: 'LOCALKEY',
      AWS_SECRET_ACCESS_KEY: 'local-secret',
    });
    expect(JSON.stringify(applicationEnvironment({}, ADDRESSES))).not.toMatch(/AWS_|local-secret/);
  });

  it('refuses to start an application with an unresolved setting', () => {
    expect(() => applicationEnvironment({ ALB_ARN: '${aws_lb.alb.arn}' }, ADDRESSES)).toThrow(
      expect.objectContaining({ code: 'REFERENCE_UNRESOLVED', message: expect.stringContaining('ALB_ARN') }),
    );
  });
});
