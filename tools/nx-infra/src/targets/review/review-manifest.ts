import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { InfraError } from '../../errors.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const stackSchema = z.strictObject({
  /** Of the synthesized JSON. */
  json: sha256,
  /** Of `plan.tfplan`; `null` where the plan rests on assumptions, and there is none that can be applied. */
  plan: sha256.nullable(),
  /** Which state it was planned from; `null` where there was none. */
  state: z.strictObject({ lineage: z.string(), serial: z.int() }).nullable(),
});
const manifestSchema = z.strictObject({
  version: z.literal(1),
  environment: z.string(),
  /** Of the workspace, for people. */
  commit: z.string(),
  /** Of that commit: the name of its files, by which a review is held against what is merged. */
  tree: z.string(),
  /** Of `stacks/.terraform.lock.hcl`; `null` where there is none. */
  lockFile: sha256.nullable(),
  imageDigest: z.string().nullable(),
  stacks: z.record(z.string(), stackSchema),
});

/** What plans were made of, so that they are applied to the same and nothing else: `manifest.json` of a review. */
export type ReviewManifest = z.infer<typeof manifestSchema>;

export const MANIFEST = 'manifest.json';

/** @throws {InfraError} `PLANS_REFUSED` */
export function readManifestText(text: string, file: string): ReviewManifest {
  const parsed = manifestSchema.safeParse(json(text));
  if (parsed.success) return parsed.data;
  throw new InfraError(
    'PLANS_REFUSED',
    `${file} is not the manifest of a review, so nobody can say what these plans are of: ` +
      `${z.prettifyError(parsed.error)}\nReview again: nx run infra:review.`,
  );
}

/** The SHA-256 of a file, in hexadecimal digits; `null` where there is none. */
export async function hashOf(file: string): Promise<string | null> {
  try {
    return hash(await readFile(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
