import { z } from 'zod';

import { InfraError } from '../errors.ts';

const lineSchema = z.union([
  z.object({ event: z.literal('finding'), check: z.string(), message: z.string() }),
  z.object({
    event: z.literal('result'),
    success: z.boolean(),
    code: z.string().optional(),
    message: z.string(),
  }),
]);

/** What `infra:drift` found. */
export interface DriftReport {
  /** None where nothing was changed. */
  readonly findings: readonly { readonly stack: string; readonly message: string }[];
}

/**
 * Reads what `infra:drift --json` said. That nothing drifted is believed only where it says so itself: a run that failed
 * for another reason knows nothing.
 *
 * @throws {InfraError} `DRIFT_UNKNOWN`
 */
export function readDriftReport(text: string): DriftReport {
  const lines = text.split('\n').flatMap((line) => {
    const parsed = lineSchema.safeParse(parse(line));
    return parsed.success ? [parsed.data] : [];
  });
  const result = lines.find((line) => line.event === 'result');
  const findings = lines.flatMap((line) =>
    line.event === 'finding' ? [{ stack: line.check, message: line.message }] : [],
  );
  if (result?.success === true && findings.length === 0) return { findings: [] };
  if (result?.code === 'DRIFT_FOUND' && findings.length > 0) return { findings };
  throw new InfraError(
    'DRIFT_UNKNOWN',
    `Whether anything drifted is not known, as nx run infra:drift did not come to its end: ${result?.message ?? 'it said nothing'}`,
  );
}

function parse(line: string): unknown {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
