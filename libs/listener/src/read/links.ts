import { ListenerError } from '../errors.ts';
import { type Place } from './field.ts';
import { type Problems } from './problems.ts';
import { type ResourceType, type TerraformResource } from './terraform-json.ts';

/** Finds the resource that a reference expression, or an ARN, names. */
export interface Links {
  /**
   * @param value the reference, as `${aws_lb.alb.arn}`, `${aws_lb.alb.id}` or a literal ARN
   * @param from the argument that refers, for the error
   * @throws ListenerError `UNKNOWN_REFERENCE`
   */
  readonly find: (value: string, from: Place) => TerraformResource;
}

/** The ARN that the body gives, or the expression that stands for it. */
export function arnOf(resource: TerraformResource): string {
  const arn = resource.body['arn'];
  return typeof arn === 'string' ? arn : `\${${resource.address}.arn}`;
}

/** The resources of one type, findable by reference. Two that have the same ARN are a problem. */
export function linksTo(type: ResourceType, resources: readonly TerraformResource[], problems: Problems): Links {
  const named = new Map<string, TerraformResource>();
  for (const resource of resources.filter((candidate) => candidate.type === type)) {
    // The id of an ELBv2 resource is its ARN.
    const names = new Set([arnOf(resource), `\${${resource.address}.arn}`, `\${${resource.address}.id}`]);
    for (const name of names) {
      problems.attempt(() => refuseSameArn(resource, named.get(name)));
      named.set(name, resource);
    }
  }
  return {
    find: (value, from) => {
      const found = named.get(value.replace(/^\$\{\s*([^\s}]+)\s*\}$/, '${$1}'));
      if (found !== undefined) return found;
      throw new ListenerError('UNKNOWN_REFERENCE', from.address, {
        ...from,
        what: `${value} names no ${type} of this document`,
        why: 'What it belongs to would be missing from what is read, and with it who is let in',
        mend: `Define the ${type} in the same document and refer to its arn`,
      });
    },
  };
}

function refuseSameArn(resource: TerraformResource, other: TerraformResource | undefined): void {
  if (other === undefined) return;
  throw new ListenerError('DUPLICATE_ARN', resource.address, {
    what: `It has the same ARN as ${other.address}`,
    why: 'A reference to one would silently reach the other',
    mend: 'Give each resource an ARN of its own',
  });
}
