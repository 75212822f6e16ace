import { type StackPlan } from './model.ts';
import { withoutKeys } from './configuration.ts';

/** Finds out which resource a value names, in whatever stack it is. */
export interface Links {
  /**
   * @param stack where the value stands
   * @returns `stack/address` of the resource, or undefined where the value names none of the review
   */
  readonly find: (stack: string, value: unknown) => string | undefined;
}

const identifiers = ['id', 'arn', 'name'] as const;

/**
 * Joins stacks: by id and ARN where they are known, by reference within a stack and through the remote state of another,
 * and by the values that a plan assumed of the outputs of one that is not applied.
 */
export function linksOf(plans: readonly StackPlan[]): Links {
  const addresses = new Map(
    plans.map(({ stack, changes }) => [
      stack,
      new Map(
        changes.flatMap(({ address }) => [[withoutKeys(address), address] as const, [address, address] as const]),
      ),
    ]),
  );
  const outputs = new Map(
    plans.flatMap(({ stack, outputs }) => outputs.map((each) => [`${stack}.${each.name}`, each])),
  );
  const byValue = new Map<string, string>();
  for (const { stack, changes } of plans) {
    for (const { address, before, after } of changes) {
      for (const values of [before, after]) {
        for (const key of identifiers) {
          const value = values?.[key];
          // A name alone is unique to no more than its type, and is the id of some.
          if (typeof value === 'string' && (key !== 'name' || values?.['id'] === value)) {
            byValue.set(value, `${stack}/${address}`);
          }
        }
      }
    }
  }
  const find = (stack: string, value: unknown): string | undefined => {
    if (typeof value !== 'string') return undefined;
    return byValue.get(value) ?? byReference(stack, /^\$\{\s*([^\s}]+)\s*\}$/.exec(value)?.[1]);
  };
  const byReference = (stack: string, reference: string | undefined): string | undefined => {
    if (reference === undefined) return undefined;
    const remote = /^(?:data|local)\.terraform_remote_state\.([^.[]+)(?:\[[^\]]*\])?\.outputs\.([^.[]+)/.exec(
      reference,
    );
    if (remote !== null) return ofOutput(remote[1] ?? '', remote[2] ?? '');
    const [resource] = /^(?:module\.[^.]+\.)*(?:data\.)?[a-z]\w*\.[\w-]+(?:\[[^\]]*\])?/.exec(reference) ?? [];
    if (resource === undefined) return undefined;
    const address = addresses.get(stack)?.get(resource);
    return address === undefined ? undefined : `${stack}/${address}`;
  };
  const ofOutput = (stack: string, name: string): string | undefined => {
    const output = outputs.get(`${stack}.${name}`);
    return output === undefined ? undefined : byReference(stack, output.references[0]);
  };
  for (const { assumptions } of plans) {
    for (const { name, value } of assumptions) {
      const [stack = '', output = ''] = name.split('.', 2);
      const found = typeof value === 'string' ? ofOutput(stack, output) : undefined;
      if (found !== undefined && typeof value === 'string' && !byValue.has(value)) byValue.set(value, found);
    }
  }
  return { find };
}
