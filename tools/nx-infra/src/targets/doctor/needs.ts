import { z } from 'zod';

import { type SynthesizedStacks } from '../../synth/manifest.ts';
import { hasExpression } from '../../terraform/expression.ts';
import { type TerraformJson } from '../../terraform/json.ts';

/** What the stacks of an environment expect to find in AWS. */
export interface Needs {
  readonly region: string;
  /** Twelve digits; undefined where any account will do. */
  readonly account: string | undefined;
  /** The bucket of the states; undefined where they are kept on this machine. */
  readonly bucket: string | undefined;
  /** The hosted zone in which names are made, and one of these names. */
  readonly zone: { readonly id: string; readonly domain: string } | undefined;
  /** A certificate that was made elsewhere. */
  readonly certificate: string | undefined;
}

const providerSchema = z.object({ region: z.string(), allowed_account_ids: z.array(z.string()).optional() });
const backendSchema = z.object({
  terraform: z.object({ backend: z.object({ s3: z.object({ bucket: z.string() }) }) }),
});

/** Reads them from the synthesized JSON. */
export function readNeeds(stacks: SynthesizedStacks): Needs {
  const all = [...stacks.values()].map(({ terraform }) => terraform);
  const provider = firstOf(all, ({ provider }) => providerSchema.safeParse(provider.aws?.[0]).data);
  const record = firstOf(all, (json) =>
    blocksOf(json, 'aws_route53_record').find(({ name, zone_id }) => isLiteral(name) && isLiteral(zone_id)),
  );
  const listener = firstOf(all, (json) =>
    blocksOf(json, 'aws_lb_listener').find(({ certificate_arn }) => isLiteral(certificate_arn)),
  );
  return {
    region: provider?.region ?? 'us-east-1',
    account: provider?.allowed_account_ids?.[0],
    bucket: firstOf(all, (json) => backendSchema.safeParse(json).data?.terraform.backend.s3.bucket),
    zone: record && { id: String(record['zone_id']), domain: String(record['name']) },
    certificate: listener && String(listener['certificate_arn']),
  };
}

function firstOf<T>(all: readonly TerraformJson[], read: (json: TerraformJson) => T | undefined): T | undefined {
  return all.map(read).find((found) => found !== undefined);
}

function blocksOf({ resource }: TerraformJson, type: string): readonly Readonly<Record<string, unknown>>[] {
  return Object.values(resource[type] ?? {});
}

function isLiteral(value: unknown): boolean {
  return typeof value === 'string' && !hasExpression(value);
}
