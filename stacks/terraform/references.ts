import { type Block, blocks, type Resource, resourcesOf, type SynthesizedStack } from './synthesized.ts';

const WHOLE = /^\$\{([a-zA-Z0-9_.-]+)\}$/;

/** The resource that an expression names, over the borders of stacks. */
export interface References {
  /**
   * @param stack where the expression stands
   * @param expression for example `${aws_lb.alb.arn}` or `${data.terraform_remote_state.alb.outputs.securityGroupId}`
   * @param attributes the attributes that stand for the resource, for example `id`
   * @returns undefined for what is not exactly one reference to a resource of these stacks
   */
  resource(stack: string, expression: unknown, attributes: readonly string[]): Resource | undefined;
}

/** Follows references through the outputs of these stacks. */
export function references(stacks: readonly SynthesizedStack[]): References {
  const resources = stacks.flatMap(resourcesOf);
  const jsonOf = new Map(stacks.map(({ name, json }) => [name, json]));

  const follow = (
    stack: string,
    expression: unknown,
    attributes: readonly string[],
    seen: readonly string[],
  ): Resource | undefined => {
    const path = typeof expression === 'string' ? WHOLE.exec(expression)?.[1] : undefined;
    const [first, second, third, fourth, fifth, ...rest] = path?.split('.') ?? [];
    if (first === 'data' && second === 'terraform_remote_state') {
      const step = `${third}.${fifth}`;
      if (fourth !== 'outputs' || third === undefined || fifth === undefined || rest.length > 0) return undefined;
      if (seen.includes(step) || !readsStateOf(stack, third)) return undefined;
      return follow(third, outputOf(third, fifth), attributes, [...seen, step]);
    }
    if (third === undefined || fourth !== undefined || !attributes.includes(third)) return undefined;
    return resources.find(
      (resource) => resource.stack === stack && resource.type === first && resource.name === second,
    );
  };

  // A remote state is named after the stack it reads; whether it does is for its configuration to say.
  const readsStateOf = (stack: string, upstream: string): boolean => {
    const remote = within(jsonOf.get(stack), 'data', 'terraform_remote_state', upstream);
    const config = Object.entries(within(remote, 'config') ?? {});
    const kept = within(jsonOf.get(upstream), 'terraform', 'backend', String(remote?.['backend']));
    return config.length > 0 && config.every(([key, value]) => kept?.[key] === value);
  };

  const outputOf = (stack: string, name: string): unknown => {
    const outputs = blocks(jsonOf.get(stack) ?? {}, 'output');
    return outputs.flatMap((named) => blocks(named, name)).map((output) => output['value'])[0];
  };

  return { resource: (stack, expression, attributes) => follow(stack, expression, attributes, []) };
}

/** The block at a path, where there is exactly one. */
function within(block: Block | undefined, ...path: readonly string[]): Block | undefined {
  return path.reduce<Block | undefined>((at, key) => {
    const [only, ...more] = at ? blocks(at, key) : [];
    return more.length === 0 ? only : undefined;
  }, block);
}
