import { z } from 'zod';
import { ListenerError } from '../errors.ts';

/** The resource types that make up a load balancer. Terraform knows each by a second name, with identical meaning. */
export type ResourceType =
  'aws_lb' | 'aws_lb_listener' | 'aws_lb_listener_rule' | 'aws_lb_listener_certificate' | 'aws_lb_target_group';

export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map([
  ['aws_lb', 'aws_lb'],
  ['aws_alb', 'aws_lb'],
  ['aws_lb_listener', 'aws_lb_listener'],
  ['aws_alb_listener', 'aws_lb_listener'],
  ['aws_lb_listener_rule', 'aws_lb_listener_rule'],
  ['aws_alb_listener_rule', 'aws_lb_listener_rule'],
  ['aws_lb_listener_certificate', 'aws_lb_listener_certificate'],
  ['aws_alb_listener_certificate', 'aws_lb_listener_certificate'],
  ['aws_lb_target_group', 'aws_lb_target_group'],
  ['aws_alb_target_group', 'aws_lb_target_group'],
]);

/** One resource block of the document, its body free of nulls, empty lists, comments and meta-arguments. */
export interface TerraformResource {
  readonly type: ResourceType;
  /** Such as `aws_lb.alb`, with the type as it was written. */
  readonly address: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const block = z.record(z.string(), z.unknown());

/** Source: https://developer.hashicorp.com/terraform/language/syntax/json (root object) and the block types of Terraform 1.11. */
const document = z.strictObject({
  '//': z.unknown().optional(),
  resource: z.record(z.string(), block).optional(),
  module: block.optional(),
  data: z.unknown().optional(),
  variable: z.unknown().optional(),
  output: z.unknown().optional(),
  locals: z.unknown().optional(),
  provider: z.unknown().optional(),
  terraform: z.unknown().optional(),
  moved: z.unknown().optional(),
  removed: z.unknown().optional(),
  import: z.unknown().optional(),
  check: z.unknown().optional(),
  ephemeral: z.unknown().optional(),
});

/** Meta-arguments that say how Terraform works on a resource and not what the resource is. */
const harmlessMetaArguments = new Set(['depends_on', 'lifecycle', 'provider', 'provisioner', 'connection']);

/**
 * The resources of a synthesized Terraform document that make up load balancers, in the order of the document.
 *
 * @throws ListenerError `NOT_TERRAFORM_JSON`, `UNSUPPORTED_FEATURE`
 */
export function readResources(terraformJson: unknown): readonly TerraformResource[] {
  const parsed = document.safeParse(terraformJson);
  if (!parsed.success) {
    throw new ListenerError('NOT_TERRAFORM_JSON', '', {
      what: `The document is not Terraform configuration in JSON: ${z.prettifyError(parsed.error).replaceAll(/\s+/g, ' ')}`,
      why: 'A listener that is not found here would be taken for one that does not exist',
      mend: 'Pass the parsed content of a synthesized cdk.tf.json, or what terraform show -json prints of a plan or a state',
    });
  }
  refuseModulesThatTouchListeners(parsed.data.module ?? {});
  return Object.entries(parsed.data.resource ?? {}).flatMap(([written, bodies]) => {
    const type = resourceTypes.get(written);
    return type === undefined
      ? []
      : Object.entries(bodies)
          .filter(([name]) => name !== '//')
          .map(([name, body]) => readResource(type, `${written}.${name}`, body));
  });
}

function readResource(type: ResourceType, address: string, written: unknown): TerraformResource {
  const single: unknown = Array.isArray(written) && written.length === 1 ? written[0] : written;
  const body = block.safeParse(withoutAbsent(single));
  if (!body.success) {
    throw new ListenerError('NOT_TERRAFORM_JSON', address, {
      what: 'The body of the resource is not one JSON object',
      why: 'What it configures cannot be read',
      mend: 'Write the resource once, as an object of its arguments',
    });
  }
  for (const argument of ['count', 'for_each', 'dynamic']) {
    if (argument in body.data) {
      throw new ListenerError('UNSUPPORTED_FEATURE', address, {
        what: `"${argument}" is used`,
        why: 'How many listeners or rules there are is then known only to Terraform, when it plans',
        mend: 'Write each one as a resource of its own, as a loop in the CDKTF program does',
      });
    }
  }
  const entries = Object.entries(body.data).filter(([key]) => !harmlessMetaArguments.has(key));
  return { type, address, body: Object.fromEntries(entries) };
}

/**
 * A module is a closed box here. One that is handed a load balancer or a listener may put rules on it, which would then
 * be missing from what is read.
 */
function refuseModulesThatTouchListeners(modules: Readonly<Record<string, unknown>>): void {
  for (const [name, body] of Object.entries(modules)) {
    if (/\baws_a?lb(_listener)?\.[\w-]+/.test(JSON.stringify(body))) {
      throw new ListenerError('UNSUPPORTED_FEATURE', `module.${name}`, {
        what: 'The module refers to a load balancer or a listener',
        why: 'It may add rules that are not in this document, so that what is read would be incomplete',
        mend: 'Define the listeners and their rules as resources of this configuration',
      });
    }
  }
}

/** Terraform treats null, and for blocks an empty list, as not written; `//` holds comments. */
export function withoutAbsent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAbsent);
  if (typeof value !== 'object' || value === null) return value;
  const present = Object.entries(value).filter(
    ([key, inner]) => key !== '//' && inner !== null && !(Array.isArray(inner) && inner.length === 0),
  );
  return Object.fromEntries(present.map(([key, inner]) => [key, withoutAbsent(inner)]));
}
