import { z } from 'zod';

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.literal('Deny'),
  Principal: z.union([z.literal('*'), z.object({ AWS: z.literal('*') })]),
  Action: oneOrMore,
  Resource: oneOrMore,
  // Alone: a second condition would let some requests through.
  Condition: z.strictObject({
    Bool: z.strictObject({ 'aws:SecureTransport': z.union([z.literal('false'), z.literal(false)]) }),
  }),
});

/** "Enforcing encryption of data in transit", Amazon S3 User Guide, "Security best practices for Amazon S3". */
export function tlsOnly(bucket: string): object {
  return {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: resources(bucket),
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

/** Whether a bucket's policy refuses everybody every request without TLS, to the bucket and to what is in it. */
export function isTlsOnly(policy: string, bucket: string): boolean {
  return statementsOf(policy).some((statement) => {
    const { success, data } = statementSchema.safeParse(statement);
    if (!success || !data.Action.some((action) => action === 's3:*' || action === '*')) return false;
    return data.Resource.includes('*') || resources(bucket).every((resource) => data.Resource.includes(resource));
  });
}

function statementsOf(policy: string): readonly unknown[] {
  try {
    return [(JSON.parse(policy) as { readonly Statement?: unknown }).Statement].flat();
  } catch {
    return [];
  }
}

function resources(bucket: string): readonly string[] {
  return [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
}
