import { z } from 'zod';

const keysSchema = z.object({ Keys: z.array(z.object({ KeyId: z.string() })) });
const metadataSchema = z.object({ KeyMetadata: z.object({ KeyState: z.string(), KeyManager: z.string() }) });
const rotationSchema = z.object({ KeyRotationEnabled: z.boolean() });
const aliasesSchema = z.object({
  Aliases: z.array(z.object({ AliasName: z.string(), TargetKeyId: z.string().optional() })),
});

/** A key of the account's own that is not on its way out. */
export interface Key {
  readonly id: string;
  /** `alias/…` */
  readonly aliases: readonly string[];
  readonly rotates: boolean;
}

/**
 * The keys of the simulated KMS, asked for past Terraform. By its protocol and not by the AWS SDK, of which this would be
 * the only use of one more client; for the simulated AWS alone, which believes whoever asks.
 *
 * @param endpoint of the simulated AWS. @default where the variables of this process say
 */
export async function keysIn(region: string, endpoint = process.env['AWS_ENDPOINT_URL']): Promise<readonly Key[]> {
  if (endpoint === undefined) throw new TypeError('There is no simulated AWS: AWS_ENDPOINT_URL says where it is.');
  const ask = async <T>(schema: z.ZodType<T>, operation: string, body: object = {}): Promise<T> => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `TrentService.${operation}`,
        // It tells service and region from here, and does not look at the signature.
        authorization: `AWS4-HMAC-SHA256 Credential=simulated/20260101/${region}/kms/aws4_request, SignedHeaders=host, Signature=none`,
      },
      body: JSON.stringify(body),
    });
    return schema.parse(await response.json());
  };
  const { Keys } = await ask(keysSchema, 'ListKeys');
  const { Aliases } = await ask(aliasesSchema, 'ListAliases');
  const keys = await Promise.all(
    Keys.map(async ({ KeyId }): Promise<readonly Key[]> => {
      const { KeyMetadata } = await ask(metadataSchema, 'DescribeKey', { KeyId });
      if (KeyMetadata.KeyManager !== 'CUSTOMER' || KeyMetadata.KeyState === 'PendingDeletion') return [];
      const { KeyRotationEnabled: rotates } = await ask(rotationSchema, 'GetKeyRotationStatus', { KeyId });
      const aliases = Aliases.filter(({ TargetKeyId }) => TargetKeyId === KeyId).map(({ AliasName }) => AliasName);
      return [{ id: KeyId, aliases, rotates }];
    }),
  );
  return keys.flat();
}
