import { type SynthesizedStacks } from '../../synth/manifest.ts';
import { hasExpression } from '../../terraform/expression.ts';

/** The body of a resource, in Terraform's spelling. */
export type Body = Readonly<Record<string, unknown>>;

/** A resource of the synthesized stacks. */
export interface DescribedResource {
  /** `aws_lb.alb` */
  readonly address: string;
  readonly stack: string;
  readonly body: Body;
}

/** What the stacks describe: that against which a rehearsal compares what it finds. */
export class Described {
  private readonly resources: readonly DescribedResource[];

  constructor(stacks: SynthesizedStacks) {
    this.resources = [...stacks.values()].flatMap(({ name: stack, terraform }) =>
      Object.entries(terraform.resource).flatMap(([type, bodies]) =>
        Object.entries(bodies).map(([name, body]) => ({ address: `${type}.${name}`, stack, body })),
      ),
    );
  }

  /** Every resource of a type. */
  all(type: string): readonly DescribedResource[] {
    return this.resources.filter(({ address }) => address.startsWith(`${type}.`));
  }

  /** The only resource of a type. @throws {RangeError} where there is another number of them */
  one(type: string): DescribedResource {
    const [found, ...others] = this.all(type);
    if (found !== undefined && others.length === 0) return found;
    throw new RangeError(`The stacks describe ${found === undefined ? 'no' : 'more than one'} ${type}.`);
  }
}

/** A text in a body. @throws {TypeError} where there is none, or one that is known only to Terraform */
export function textOf({ address, body }: DescribedResource, attribute: string): string {
  const value = body[attribute];
  if (typeof value === 'string' && !hasExpression(value)) return value;
  throw new TypeError(`${address}: ${attribute} is no text that can be compared.`);
}

/** The blocks of a name, of which CDKTF writes one alone as an object. */
export function blocksOf(body: Body, name: string): readonly Body[] {
  const blocks = body[name] ?? [];
  return Array.isArray(blocks) ? (blocks as readonly Body[]) : [blocks as Body];
}
