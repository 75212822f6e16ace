import { type PlannedOutput } from './planned-outputs.ts';
import { type Used } from './remote-state.ts';

/** What a plan takes for granted. A plan with assumptions is to be read, and cannot be applied. */
export interface Assumption {
  /** `network.vpcId` for an output of another stack, `var.image_digest` for a variable, `state`, or another stack. */
  readonly name: string;
  /** What kind of output it is. */
  readonly kind?: string;
  /** What it was taken to be. */
  readonly value?: unknown;
  readonly because:
    /** The stack under this one has to be applied for the value to be known; this one has only its shape. */
    | 'unknown-until-applied'
    /** The value is known from the plan of the stack under this one, and not yet in its state. */
    | 'not-applied-yet'
    /** The stack under this one is itself planned on assumptions: its outputs may change with them. */
    | 'planned-on-assumptions'
    /** An option would give it. */
    | 'not-given'
    /** There is no bucket to look for a state in. */
    | 'no-state-bucket';
}

/** What a stack on top needs to know of a planned stack. */
export interface PlannedStack {
  readonly outputs: ReadonlyMap<string, PlannedOutput>;
  readonly assumptions: readonly Assumption[];
}

/**
 * What a stack assumes of the stacks under it. Nothing, when all it uses is in their states and stays as it is: then
 * it is planned as it will be applied.
 *
 * @throws {InfraError} `KIND_UNKNOWN`
 */
export function assumedOfOthers(
  used: readonly Used[],
  under: ReadonlyMap<string, PlannedStack>,
): readonly Assumption[] {
  const outputs = used.flatMap((each) => assumedOutput(each, under.get(each.stack)?.outputs.get(each.output)));
  const named = new Set(outputs.map(({ name }) => name.split('.')[0]));
  const shaky = [...new Set(used.map(({ stack }) => stack))]
    .filter((stack) => !named.has(stack) && (under.get(stack)?.assumptions.length ?? 0) > 0)
    .map((stack) => ({ name: stack, because: 'planned-on-assumptions' }) as const);
  return [...outputs, ...shaky];
}

function assumedOutput({ stack, output }: Used, planned: PlannedOutput | undefined): readonly Assumption[] {
  if (planned === undefined || planned.certainty === 'applied') return [];
  const { kind, value, certainty } = planned;
  const because = certainty === 'placeholder' ? 'unknown-until-applied' : 'not-applied-yet';
  return [{ name: `${stack}.${output}`, ...(kind === undefined ? {} : { kind }), value: value(), because }];
}
