import { readFile } from 'node:fs/promises';

import { type RouteDisagreement } from '@gatehouse/listener';
import { z } from 'zod';

import { InfraError } from '../errors.ts';

const exceptionsSchema = z.array(
  z.strictObject({
    kind: z.enum(['not-let-through', 'dead-opening', 'opened-by-spelling']),
    about: z.string().min(1),
    reason: z.string().min(20),
  }),
);

/** A disagreement that is meant. */
export interface RouteException {
  readonly kind: RouteDisagreement['kind'];
  /** The route that is not let through, by its name; of the other kinds the rule, by its address. */
  readonly about: string;
  readonly reason: string;
}

/** @throws {InfraError} `FILE_MISSING`, `FILE_MALFORMED` */
export async function readExceptions(file: string): Promise<readonly RouteException[]> {
  const content = await readFile(file, 'utf8').catch(() => {
    throw new InfraError(
      'FILE_MISSING',
      `The exceptions ${file} are not there: restore the file, or write [] into it where everything agrees.`,
    );
  });
  const read = exceptionsSchema.safeParse(parse(content));
  if (read.success) return read.data;
  throw new InfraError(
    'FILE_MALFORMED',
    `${file} is not a list of exceptions, each with kind, about and a reason of a sentence: ${z.prettifyError(read.error)}`,
  );
}

/** Whether a disagreement is the one that is meant. */
export function excepts(exception: RouteException, { kind, rule, route }: RouteDisagreement): boolean {
  return exception.kind === kind && exception.about === (kind === 'not-let-through' ? route : rule);
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
