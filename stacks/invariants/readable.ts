import { blocks } from '../terraform/synthesized.ts';
import { type Invariant, ofTypes } from './invariant.ts';
import { READ_TYPES } from './types.ts';

/**
 * Everything that decides about access stands in the synthesized JSON itself. A module, a `dynamic` block, a `count` or
 * a `for_each` decides only when Terraform runs, so the other invariants could not see it.
 */
export const readable: Invariant = (system) => [
  ...system.stacks
    .filter(({ json }) => blocks(json, 'module').some((named) => Object.keys(named).length > 0))
    .map(({ name }) => ({
      code: 'UNREADABLE' as const,
      address: name,
      what: 'the stack calls a Terraform module',
      why: 'what is in it is not in the synthesized JSON, so neither these checks nor the local load balancer see it',
      mend: 'write its resources in the stack',
    })),
  ...ofTypes(system, READ_TYPES)
    .filter(({ body }) => 'dynamic' in body)
    .map(({ address }) => ({
      code: 'UNREADABLE' as const,
      address,
      what: 'the resource has a dynamic block',
      why: 'what it expands to is known only when Terraform runs, and this resource decides about access',
      mend: 'write the blocks out; a loop in TypeScript does it',
    })),
  ...ofTypes(system, READ_TYPES)
    .filter(({ body }) => 'count' in body || 'for_each' in body)
    .map(({ address }) => ({
      code: 'UNREADABLE' as const,
      address,
      what: 'how many of the resource there are is for Terraform to say',
      why: 'what stands here may then not be there at all, and this resource decides about access',
      mend: 'write each of them out; a loop in TypeScript does it',
    })),
];
