import { z } from 'zod';
import { ListenerError } from '../errors.ts';
import { readPlan } from './plan.ts';
import { readState } from './state.ts';
import { readResources, type TerraformResource } from './terraform-json.ts';

/** The resources of a document, by what sort of document it is. */
export type Document =
  | { readonly kind: 'configuration'; readonly resources: readonly TerraformResource[] }
  | { readonly kind: 'state'; readonly resources: readonly TerraformResource[] }
  | {
      readonly kind: 'plan';
      readonly before: readonly TerraformResource[];
      readonly resources: readonly TerraformResource[];
    };

const plan = z.looseObject({
  format_version: z.string(),
  planned_values: z.unknown().refine((value) => value !== undefined),
});
const shownState = z.looseObject({ format_version: z.string(), terraform_version: z.string() });
const storedState = z.looseObject({
  version: z.literal(4),
  terraform_version: z.string(),
  resources: z.array(z.unknown()),
});

/**
 * Reads synthesized configuration (`cdk.tf.json`), a plan or a state as `terraform show -json` prints it, or a state as
 * it is stored. Sources: https://developer.hashicorp.com/terraform/internals/json-format, and the state format of
 * version 4.
 *
 * @throws ListenerError `NOT_TERRAFORM_JSON`, `UNSUPPORTED_FEATURE`
 */
export function readDocument(json: unknown): Document {
  if (plan.safeParse(json).success) return { kind: 'plan', ...shaped(() => readPlan(json)) };
  if (shownState.safeParse(json).success || storedState.safeParse(json).success) {
    return { kind: 'state', resources: shaped(() => readState(json)) };
  }
  return { kind: 'configuration', resources: readResources(json) };
}

function shaped<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    throw new ListenerError('NOT_TERRAFORM_JSON', '', {
      what: `The document is not as Terraform writes it: ${z.prettifyError(error).replaceAll(/\s+/g, ' ')}`,
      why: 'A listener that is not found here would be taken for one that does not exist',
      mend: 'Pass the parsed output of terraform show -json, unchanged',
    });
  }
}
