import { type StackName } from '../../contracts/index.ts';
import { type Environment } from '../../environments/index.ts';
import { local } from '../../environments/local.ts';
import { everything } from '../../testing/everything.ts';
import { synthesized } from '../../testing/synthesized.ts';
import { checkInvariants, InvariantError } from '../check.ts';
import { systemOf, type Violation, type ViolationCode } from '../invariant.ts';

export const sound = synthesized(local);
export const full = synthesized(everything);

export interface Loose {
  [key: string]: Loose;
}

/** What is broken once the synthesized JSON of a stack was changed. */
export function violationsAfter(
  stack: StackName,
  change: (json: Loose) => void,
  environment: Environment = local,
): readonly Violation[] {
  const stacks = structuredClone((environment === everything ? full : sound).stacks);
  change(stacks.find(({ name }) => name === stack)?.json as unknown as Loose);
  try {
    checkInvariants(systemOf(environment, stacks));
  } catch (error) {
    if (error instanceof InvariantError) return error.violations;
    throw error;
  }
  return [];
}

/** The same, for a resource that is added, or changed where it is there already. */
export function codesWith(
  stack: StackName,
  address: string,
  body: unknown,
  environment: Environment = local,
): readonly ViolationCode[] {
  const [type = '', name = ''] = address.split('.');
  const change = (json: Loose) => {
    const named = ((json['resource'] as Loose)[type] ??= {});
    named[name] = { ...named[name], ...(body as Loose) };
  };
  return violationsAfter(stack, change, environment).map(({ code }) => code);
}
