import { z } from 'zod';

const body = z.record(z.string(), z.unknown());
const blocks = z.record(z.string(), z.record(z.string(), body));

/** Terraform's JSON configuration syntax, as far as CDKTF writes it. https://developer.hashicorp.com/terraform/language/syntax/json */
export const terraformJson = z.looseObject({
  provider: z.looseObject({ aws: z.array(z.looseObject({ region: z.string() })).optional() }).default({}),
  resource: blocks.default({}),
  data: blocks.default({}),
  output: z.record(z.string(), z.looseObject({ value: z.unknown() })).default({}),
});

/** Blocks by type and name. */
export type TerraformJson = z.infer<typeof terraformJson>;
