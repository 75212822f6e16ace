import { describe, expect, it } from '@jest/globals';

import { type ExistingBucket, hardened } from './bucket.ts';
import { tlsOnly } from './tls-only.ts';

const options = { bucket: 'states', region: 'eu-west-1', account: '222222222222', required: {} };
const resources = (existing: ExistingBucket | undefined): readonly string[] =>
  Object.keys((hardened(options, existing) as { readonly resource: object }).resource);
const bare: ExistingBucket = { server_side_encryption_configuration: [] };
const encrypted = (sse_algorithm: string): ExistingBucket => ({
  server_side_encryption_configuration: [{ rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm }] }] }],
});

describe('hardened', () => {
  it('makes a bucket, or takes the one that is there', () => {
    expect(hardened(options, undefined)).not.toHaveProperty('import');
    expect(hardened(options, bare)).toMatchObject({ import: [{ id: 'states' }] });
    expect(resources(bare)).toEqual(resources(undefined));
  });

  it('refuses another account', () => {
    expect(hardened(options, bare)).toMatchObject({ provider: { aws: [{ allowed_account_ids: ['222222222222'] }] } });
  });

  it('keeps a key of the bucket’s own', () => {
    const resource = 'aws_s3_bucket_server_side_encryption_configuration';
    expect(resources(encrypted('AES256'))).toContain(resource);
    expect(resources(encrypted('aws:kms'))).not.toContain(resource);
  });

  it('keeps a policy that asks for TLS, and replaces none that does not', () => {
    const asking = JSON.stringify({ Statement: [tlsOnly('states')] });
    expect(resources({ ...bare, policy: asking })).not.toContain('aws_s3_bucket_policy');
    expect(() => hardened(options, { ...bare, policy: '{"Statement":[]}' })).toThrow(
      expect.objectContaining({
        code: 'BUCKET_POLICY',
        message: expect.stringContaining('"aws:SecureTransport":"false"'),
      }),
    );
  });
});
