import { z } from 'zod';

import { InfraError } from '../errors.ts';
import { type TerraformJson, terraformJson } from '../terraform/json.ts';

/** The part of CDKTF's `manifest.json` that is used here. */
const manifestSchema = z.object({
  stacks: z.record(
    z.string(),
    z.object({ name: z.string(), synthesizedStackPath: z.string(), dependencies: z.array(z.string()) }),
  ),
});

export interface SynthesizedStack {
  readonly name: string;
  /** The stacks whose outputs this one reads. */
  readonly dependencies: readonly string[];
  readonly terraform: TerraformJson;
}

/** By name. */
export type SynthesizedStacks = ReadonlyMap<string, SynthesizedStack>;

/**
 * Reads every stack that a manifest names.
 *
 * @param readJson reads a JSON file, by its path relative to the manifest
 * @throws {InfraError} `MANIFEST_INVALID`
 */
export async function readManifest(
  manifest: unknown,
  readJson: (path: string) => Promise<unknown>,
): Promise<SynthesizedStacks> {
  const parsed = manifestSchema.safeParse(manifest);
  if (!parsed.success) {
    throw new InfraError('MANIFEST_INVALID', `This is not CDKTF's manifest: ${z.prettifyError(parsed.error)}`);
  }
  const stacks = Object.values(parsed.data.stacks).map(async ({ name, synthesizedStackPath, dependencies }) => {
    const terraform = terraformJson.safeParse(await readJson(synthesizedStackPath));
    if (!terraform.success) {
      throw new InfraError(
        'MANIFEST_INVALID',
        `Stack ${name}: not Terraform JSON: ${z.prettifyError(terraform.error)}`,
      );
    }
    return [name, { name, dependencies, terraform: terraform.data }] as const;
  });
  return new Map(await Promise.all(stacks));
}
