import { type SynthesizedStack, type SynthesizedStacks } from '../synth/manifest.ts';
import { type Attributes, counterpart, dataCounterpart } from './counterpart.ts';
import { substitute } from './expression.ts';
import { type TerraformJson } from './json.ts';

/**
 * Gives every reference that has a counterpart on this machine its value: what an apply would do, for the few
 * resources that take part in a login, across stacks.
 *
 * Resources with computed attributes carry them as literals afterwards (`arn`, `id`), as they do in a plan.
 * Expressions without a counterpart stay expressions.
 *
 * @returns the stacks, by name
 */
export function localise(stacks: SynthesizedStacks): ReadonlyMap<string, TerraformJson> {
  const resolver = new Resolver(stacks);
  return new Map([...stacks].map(([name, stack]) => [name, resolver.stack(stack)]));
}

class Resolver {
  /** References being resolved, so that a circle ends as an expression and not as a stack overflow. */
  private readonly pending = new Set<string>();

  constructor(private readonly stacks: SynthesizedStacks) {}

  stack(stack: SynthesizedStack): TerraformJson {
    const { terraform } = stack;
    const resource = Object.fromEntries(
      Object.entries(terraform.resource).map(([type, blocks]) => [
        type,
        Object.fromEntries(
          Object.entries(blocks).map(([name, body]) => [
            name,
            {
              ...(this.value(stack, body) as object),
              ...identity(counterpart({ type, name, body, region: region(terraform) })),
            },
          ]),
        ),
      ]),
    );
    return { ...terraform, resource, output: this.value(stack, terraform.output) as TerraformJson['output'] };
  }

  private value(stack: SynthesizedStack, value: unknown): unknown {
    return substitute(value, (reference) => this.reference(stack, reference));
  }

  private reference(stack: SynthesizedStack, reference: readonly string[]): unknown {
    const key = `${stack.name}:${reference.join('.')}`;
    if (this.pending.has(key)) return undefined;
    this.pending.add(key);
    try {
      return reference[0] === 'data' ? this.data(stack, reference.slice(1)) : this.resource(stack, reference);
    } finally {
      this.pending.delete(key);
    }
  }

  private resource(
    stack: SynthesizedStack,
    [type = '', name = '', attribute = '', ...rest]: readonly string[],
  ): unknown {
    const body = stack.terraform.resource[type]?.[name];
    if (body === undefined || rest.length > 0) return undefined;
    const computed = counterpart({ type, name, body, region: region(stack.terraform) })[attribute];
    return computed ?? this.value(stack, body[attribute]);
  }

  private data(stack: SynthesizedStack, [type = '', name = '', ...path]: readonly string[]): unknown {
    if (stack.terraform.data[type]?.[name] === undefined) return undefined;
    if (type !== 'terraform_remote_state') return dataCounterpart(type, region(stack.terraform))[path.join('.')];
    const [outputs, output = '', ...rest] = path;
    const upstream = this.stacks.get(name);
    if (outputs !== 'outputs' || upstream === undefined || rest.length > 0) return undefined;
    return this.value(upstream, upstream.terraform.output[output]?.value);
  }
}

/** The attributes by which other resources are linked to this one. */
function identity({ id, arn }: Attributes): Attributes {
  return { ...(id === undefined ? {} : { id }), ...(arn === undefined ? {} : { arn }) };
}

function region(terraform: TerraformJson): string {
  return terraform.provider.aws?.[0]?.region ?? 'us-east-1';
}
