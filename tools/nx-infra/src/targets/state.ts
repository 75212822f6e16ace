import { z } from 'zod';

import { InfraError } from '../errors.ts';

const stateSchema = z.object({
  lineage: z.string(),
  serial: z.int(),
  resources: z
    .array(
      z.object({
        module: z.string().optional(),
        mode: z.string(),
        type: z.string(),
        name: z.string(),
        instances: z.array(
          z.object({
            index_key: z.union([z.string(), z.number()]).optional(),
            /** A replaced object that is still to be deleted. */
            deposed: z.string().optional(),
            attributes: z.record(z.string(), z.unknown()).nullish(),
          }),
        ),
      }),
    )
    .default([]),
});

/** Which state it is, and what is in it: nothing of the attributes but the ids. */
export interface StateOutline {
  /** One for the life of a state. */
  readonly lineage: string;
  /** One more with each change. */
  readonly serial: number;
  /** Ids by address; undefined for what has none. */
  readonly ids: ReadonlyMap<string, string | undefined>;
}

/**
 * @param pulled what `terraform state pull` printed
 * @returns undefined where nothing was applied
 * @throws {InfraError} `TERRAFORM_FAILED`
 */
export function outline(pulled: string): StateOutline | undefined {
  if (pulled.trim() === '') return undefined;
  const parsed = stateSchema.safeParse(json(pulled));
  // What is not understood is not quoted: there may be secrets in it.
  if (!parsed.success) throw new InfraError('TERRAFORM_FAILED', 'terraform state pull: this is no state.');
  const { lineage, serial, resources } = parsed.data;
  const managed = resources.filter(({ mode }) => mode === 'managed');
  const ids = managed.flatMap(({ module, type, name, instances }) =>
    instances
      .filter(({ deposed }) => deposed === undefined)
      .map(({ index_key: key, attributes }) => {
        const index = key === undefined ? '' : `[${JSON.stringify(key)}]`;
        const id = attributes?.['id'];
        const address = `${module === undefined ? '' : `${module}.`}${type}.${name}${index}`;
        return [address, typeof id === 'string' ? id : undefined] as const;
      }),
  );
  return { lineage, serial, ids: new Map(ids) };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
