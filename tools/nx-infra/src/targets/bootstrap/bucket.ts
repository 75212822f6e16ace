import { z } from 'zod';

import { InfraError } from '../../errors.ts';
import { isTlsOnly, tlsOnly } from './tls-only.ts';

/** The address of the bucket in the configurations here. */
const ADDRESS = 'aws_s3_bucket.state';

const planSchema = z.object({
  prior_state: z.object({
    values: z.object({
      root_module: z.object({ resources: z.array(z.object({ address: z.string(), values: z.unknown() })) }),
    }),
  }),
});
const bucketSchema = z.object({
  policy: z.string().nullish(),
  server_side_encryption_configuration: z
    .array(
      z.object({
        rule: z.array(
          z.object({ apply_server_side_encryption_by_default: z.array(z.object({ sse_algorithm: z.string() })) }),
        ),
      }),
    )
    .default([]),
});

/** A bucket that is there, as far as it decides what is done to it. */
export type ExistingBucket = z.infer<typeof bucketSchema>;

export interface BucketOptions {
  readonly bucket: string;
  readonly region: string;
  readonly account: string | undefined;
  /** The `required_providers` of the stacks. */
  readonly required: unknown;
}

/** A configuration whose plan says how an existing bucket is set, and fails where there is none. */
export function look(options: BucketOptions): object {
  return {
    ...base(options),
    import: [{ to: ADDRESS, id: options.bucket }],
    resource: { aws_s3_bucket: { state: { bucket: options.bucket } } },
  };
}

/** @param plan of {@link look}: `terraform show -json` */
export function readBucket(plan: unknown): ExistingBucket {
  const { resources } = planSchema.parse(plan).prior_state.values.root_module;
  return bucketSchema.parse(resources.find(({ address }) => address === ADDRESS)?.values);
}

/**
 * A bucket for states: versioned, encrypted, closed to the public, reachable over TLS alone. No state of it is kept:
 * each of these settings is put whole, so that putting it again is harmless.
 *
 * Of a bucket that is there, a key of its own and a policy that asks for TLS are kept.
 *
 * @throws {InfraError} `BUCKET_POLICY` where the bucket has a policy that does not ask for TLS
 */
export function hardened(options: BucketOptions, existing: ExistingBucket | undefined): object {
  const { bucket } = options;
  const id = `\${${ADDRESS}.id}`;
  return {
    ...base(options),
    ...(existing === undefined ? {} : { import: [{ to: ADDRESS, id: bucket }] }),
    resource: {
      // Tags and the like of a bucket that is there are its owner's.
      aws_s3_bucket: { state: { bucket, lifecycle: { ignore_changes: 'all' } } },
      aws_s3_bucket_versioning: { state: { bucket: id, versioning_configuration: { status: 'Enabled' } } },
      aws_s3_bucket_public_access_block: {
        state: {
          bucket: id,
          block_public_acls: true,
          block_public_policy: true,
          ignore_public_acls: true,
          restrict_public_buckets: true,
        },
      },
      ...(hasKey(existing) ? {} : encryption(id)),
      ...(keepsPolicy(options, existing) ? {} : policy(bucket, id)),
    },
  };
}

function base({ region, account, required }: BucketOptions): object {
  return {
    terraform: { required_providers: required, backend: { local: { path: 'bucket.tfstate' } } },
    provider: { aws: [{ region, ...(account === undefined ? {} : { allowed_account_ids: [account] }) }] },
  };
}

function encryption(bucket: string): object {
  const rule = { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } };
  return { aws_s3_bucket_server_side_encryption_configuration: { state: { bucket, rule: [rule] } } };
}

function hasKey(existing: ExistingBucket | undefined): boolean {
  return (existing?.server_side_encryption_configuration ?? []).some(({ rule }) =>
    rule.some(({ apply_server_side_encryption_by_default: defaults }) =>
      defaults.some(({ sse_algorithm }) => sse_algorithm.startsWith('aws:kms')),
    ),
  );
}

function policy(bucket: string, id: string): object {
  const document = { Version: '2012-10-17', Statement: [tlsOnly(bucket)] };
  const depends_on = ['aws_s3_bucket_public_access_block.state'];
  return { aws_s3_bucket_policy: { state: { bucket: id, policy: JSON.stringify(document), depends_on } } };
}

function keepsPolicy(options: BucketOptions, existing: ExistingBucket | undefined): boolean {
  const own = existing?.policy ?? '';
  if (own === '') return false;
  if (isTlsOnly(own, options.bucket)) return true;
  throw new InfraError(
    'BUCKET_POLICY',
    `Bucket ${options.bucket} has a policy of its own, which is not replaced, and which does not refuse requests without ` +
      `TLS. Add this statement to it, and run bootstrap again: ${JSON.stringify(tlsOnly(options.bucket))}`,
  );
}
