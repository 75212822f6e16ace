import { type RawPlan } from './schema.ts';

type Tree = Readonly<Record<string, unknown>>;

/** The region of the AWS provider, or else of the first ARN that tells one; undefined where nothing does. */
export function regionOf(plan: RawPlan): string | undefined {
  const providers = at(plan.configuration, 'provider_config');
  const written = at(providers, 'aws', 'expressions', 'region', 'constant_value');
  if (typeof written === 'string' && /^[a-z]{2}(?:-[a-z]+)+-\d$/.test(written)) return written;
  for (const { change } of plan.resource_changes) {
    for (const values of [change.after, change.before]) {
      const arn = values?.['arn'];
      const region = typeof arn === 'string' ? arn.split(':')[3] : undefined;
      if (region !== undefined && region !== '') return region;
    }
  }
  return undefined;
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (json, key) => (typeof json === 'object' && json !== null ? (json as Tree)[key] : undefined),
    value,
  );
}
