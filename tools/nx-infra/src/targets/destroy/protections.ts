import { z } from 'zod';

import { InfraError } from '../../errors.ts';
import { type SynthesizedStack } from '../../synth/manifest.ts';
import { type PlanJson } from '../deploy/plan-json.ts';

/** By type: the argument by which AWS itself refuses to delete, and its value then. */
const ON_AWS: Readonly<Record<string, readonly [argument: string, value: unknown]>> = {
  aws_cognito_user_pool: ['deletion_protection', 'ACTIVE'],
  aws_db_instance: ['deletion_protection', true],
  aws_dynamodb_table: ['deletion_protection_enabled', true],
  aws_lb: ['enable_deletion_protection', true],
};

const lifecycleSchema = z.object({ lifecycle: z.object({ prevent_destroy: z.literal(true) }) });

/** What keeps something from being destroyed. */
export interface Protection {
  readonly stack: string;
  readonly address: string;
  readonly by: string;
}

/** What the stack's sources protect, as far as it exists: Terraform refuses to plan its end. */
export function protectedBySources(stack: SynthesizedStack, addresses: Iterable<string>): readonly Protection[] {
  const existing = [...addresses];
  return Object.entries(stack.terraform.resource).flatMap(([type, resources]) =>
    Object.entries(resources)
      .filter(([, body]) => lifecycleSchema.safeParse(body).success)
      .map(([name]) => `${type}.${name}`)
      .filter((address) => existing.some((each) => each === address || each.startsWith(`${address}[`)))
      .map((address) => ({ stack: stack.name, address, by: 'prevent_destroy' })),
  );
}

/** What AWS protects, as it was applied. */
export function protectedOnAws(stack: string, { resource_changes }: PlanJson): readonly Protection[] {
  return resource_changes.flatMap(({ address, type, change }) => {
    const [argument, value] = ON_AWS[type] ?? [];
    if (argument === undefined || !change.actions.includes('delete')) return [];
    const before = change.before as Readonly<Record<string, unknown>> | null | undefined;
    return before?.[argument] === value ? [{ stack, address, by: argument }] : [];
  });
}

/**
 * Refuses before anything is destroyed: a protected load balancer would lose its listeners first, and only then fail.
 *
 * @throws {InfraError} `PROTECTED`
 */
export function requireUnprotected(env: string, protections: readonly Protection[]): void {
  if (protections.length === 0) return;
  throw new InfraError(
    'PROTECTED',
    [
      `${env} is protected, and nothing of it was destroyed:`,
      ...protections.map(({ stack, address, by }) => `  ${stack}: ${address} (${by})`),
      `To lift that: set deletionProtection to false in stacks/environments/${env}.ts, and deploy it, so that AWS lifts it ` +
        'too; then destroy. Save the data first.',
    ].join('\n'),
  );
}
