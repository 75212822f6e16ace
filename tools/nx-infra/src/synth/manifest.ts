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

/** By name; a stack comes after those it depends on. */
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
  return inOrder(new Map(await Promise.all(stacks)));
}

function inOrder(stacks: SynthesizedStacks): SynthesizedStacks {
  const ordered = new Map<string, SynthesizedStack>();
  const place = (name: string, above: readonly string[]): void => {
    const stack = stacks.get(name);
    if (stack === undefined || ordered.has(name)) return;
    if (above.includes(name)) {
      throw new InfraError(
        'MANIFEST_INVALID',
        `Stacks depend on each other in a circle: ${[...above, name].join(' → ')}.`,
      );
    }
    for (const dependency of stack.dependencies) place(dependency, [...above, name]);
    ordered.set(name, stack);
  };
  for (const name of stacks.keys()) place(name, []);
  return ordered;
}
