import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { InfraError } from '../../errors.ts';
import { type SynthesizedStack } from '../../synth/manifest.ts';
import { requiredProviders } from '../../terraform/provider.ts';
import { prepare } from '../folder.ts';
import { type Entry } from './journal.ts';
import { orphanProbe, orphansOf, readOrphanProbe } from './orphans.ts';
import { type Recovering } from './recover.ts';
import { type Import } from './unsaved.ts';

const PLAN = 'orphans.tfplan';
const providerSchema = z.object({
  region: z.string(),
  default_tags: z.array(z.object({ tags: z.record(z.string(), z.string()) })).min(1),
});

/** What every resource of a stack bears; undefined for a stack that tags nothing. */
export function stackTags({ terraform }: SynthesizedStack): Readonly<Record<string, string>> | undefined {
  return providerSchema.safeParse(terraform.provider.aws?.[0]).data?.default_tags[0]?.tags;
}

/**
 * Looks in AWS, through the provider, for what was being made when an apply was killed.
 *
 * @param known ids that the state or the journal has already
 * @returns nothing too where AWS does not let itself be asked (`tag:GetResources`), which is told
 */
export async function findOrphans(
  stack: SynthesizedStack,
  entries: readonly Entry[],
  known: ReadonlySet<string>,
  { open, folders, progress }: Recovering,
): Promise<readonly Import[]> {
  const tags = stackTags(stack);
  const unnamed = entries.filter(({ id }) => id === undefined);
  if (tags === undefined || unnamed.length === 0) return [];
  const folder = folders.work('recover', stack.name);
  const region = providerSchema.parse(stack.terraform.provider.aws?.[0]).region;
  const json = orphanProbe(requiredProviders(new Map([[stack.name, stack]])), region, tags);
  try {
    const lockFile = await prepare(folder, { json }, folders.lockFile);
    await open.terraform.init(folder, { backend: true, lockFile });
    await open.terraform.plan(folder, { out: PLAN, variables: {} });
    const tagged = readOrphanProbe(await open.terraform.show(folder, PLAN));
    return orphansOf(unnamed, tagged, known, (address) => tagsIn(stack, address));
  } catch (error) {
    if (error instanceof InfraError && error.code !== 'TERRAFORM_FAILED') throw error;
    progress.note(`AWS could not be asked what bears the tags of ${stack.name}: ${(error as Error).message}`);
    return [];
  } finally {
    await rm(join(folder, PLAN), { force: true });
  }
}

function tagsIn({ terraform }: SynthesizedStack, address: string): Readonly<Record<string, unknown>> {
  const [type = '', name = ''] = address.split('.');
  const tags = terraform.resource[type]?.[name]?.['tags'];
  return typeof tags === 'object' && tags !== null ? (tags as Record<string, unknown>) : {};
}
