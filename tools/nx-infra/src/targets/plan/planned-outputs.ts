import { z } from 'zod';

import { InfraError } from '../../errors.ts';
import { type SynthesizedStack } from '../../synth/manifest.ts';
import { placeholder, placeholderItem, type Wanted } from './placeholders.ts';

const changeSchema = z.object({
  actions: z.array(z.string()),
  after: z.unknown().optional(),
  after_unknown: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
});
const planSchema = z.object({ output_changes: z.record(z.string(), changeSchema).default({}) });
const kindSchema = z.object({ kind: z.string() });
const accountSchema = z.object({ allowed_account_ids: z.array(z.string()).min(1) });

/** An output as a stack on top of this one will find it. */
export interface PlannedOutput {
  readonly kind: string | undefined;
  /** @throws {InfraError} `KIND_UNKNOWN` where nobody said how such a value looks */
  readonly value: () => unknown;
  /**
   * - `applied`: it is in the state, and the plan does not touch it
   * - `planned`: it will be this, once the plan is applied
   * - `placeholder`: it is known only then, and this value merely has its shape
   */
  readonly certainty: 'applied' | 'planned' | 'placeholder';
}

/**
 * The outputs that a stack will have.
 *
 * @param plan of `terraform show -json`
 * @throws {InfraError} `TERRAFORM_FAILED` where it is none
 */
export function plannedOutputs(stack: SynthesizedStack, plan: unknown): ReadonlyMap<string, PlannedOutput> {
  const parsed = planSchema.safeParse(plan);
  if (!parsed.success) {
    throw new InfraError('TERRAFORM_FAILED', `terraform show: not a plan: ${z.prettifyError(parsed.error)}`);
  }
  const changes = Object.entries(parsed.data.output_changes).filter(([, { actions }]) => actions[0] !== 'delete');
  return new Map(
    changes.map(([name, change]) => {
      const kind = kindSchema.safeParse(stack.terraform.output[name]?.['//']).data?.kind;
      return [name, planned({ ...place(stack), stack: stack.name, output: name, kind }, change)];
    }),
  );
}

function planned(wanted: Wanted, { actions, after, after_unknown, after_sensitive }: z.infer<typeof changeSchema>) {
  // A secret is not copied into another stack's configuration: what stands on it is planned with a placeholder.
  const unknown = isMarked(after_sensitive) ? true : after_unknown;
  const { kind } = wanted;
  if (isMarked(unknown))
    return { kind, value: () => filled(after, unknown, wanted), certainty: 'placeholder' } as const;
  const certainty = actions.every((action) => action === 'no-op') ? 'applied' : 'planned';
  return { kind, value: () => after, certainty } as const;
}

/** Terraform marks what is unknown or sensitive by `true`, at any depth. */
function isMarked(marks: unknown): boolean {
  if (typeof marks !== 'object' || marks === null) return marks === true;
  return Object.values(marks).some(isMarked);
}

function filled(value: unknown, unknown: unknown, wanted: Wanted): unknown {
  if (unknown === true) return placeholder(wanted);
  if (!Array.isArray(unknown) || !Array.isArray(value)) return placeholder(wanted);
  return unknown.map((mark, index) => (isMarked(mark) ? placeholderItem(wanted, index) : (value[index] as unknown)));
}

function place({ terraform }: SynthesizedStack): Pick<Wanted, 'region' | 'account'> {
  const provider = terraform.provider.aws?.[0];
  return {
    region: provider?.region ?? 'us-east-1',
    account: accountSchema.safeParse(provider).data?.allowed_account_ids[0] ?? '000000000000',
  };
}
