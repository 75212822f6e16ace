import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { InfraError } from '../../errors.ts';
import { type SynthesizedStack } from '../../synth/manifest.ts';
import { requiredProviders } from '../../terraform/provider.ts';
import { prepare } from '../folder.ts';
import { type Entry } from './journal.ts';
import { orphanProbe, type PoolClient, readOrphanProbe } from './orphan-probe.ts';
import { type Doubt, type Orphans, orphansOf, sorted } from './orphans.ts';
import { type Recovering } from './recover.ts';

const PLAN = 'orphans.tfplan';
const NONE: Orphans = { imports: [], doubts: [] };
const POOL_CLIENT = 'aws_cognito_user_pool_client';
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
 * @param known ids that the state or the journal has already, by address
 * @returns nothing too where AWS does not let itself be asked (`tag:GetResources`), which is told
 */
export async function findOrphans(
  stack: SynthesizedStack,
  entries: readonly Entry[],
  known: ReadonlyMap<string, string>,
  { open, folders, progress }: Recovering,
): Promise<Orphans> {
  const tags = stackTags(stack);
  // What is not in the sources any more, nothing can be imported to.
  const unnamed = entries.filter(({ address }) => isIn(stack, address));
  if (tags === undefined || unnamed.length === 0) return NONE;
  const folder = folders.work('recover', stack.name);
  const region = providerSchema.parse(stack.terraform.provider.aws?.[0]).region;
  const clients = unnamed.filter(({ type }) => type === POOL_CLIENT);
  const pools = [...new Set(clients.flatMap(({ address }) => poolOf(stack, address, known) ?? []))];
  const json = orphanProbe(requiredProviders(new Map([[stack.name, stack]])), { region, tags, pools });
  try {
    const lockFile = await prepare(folder, { json }, folders.lockFile);
    await open.terraform.init(folder, { backend: true, lockFile });
    await open.terraform.plan(folder, { out: PLAN, variables: {} });
    const found = readOrphanProbe(await open.terraform.show(folder, PLAN));
    const ids = new Set(known.values());
    const tagged = orphansOf(unnamed, found.tagged, ids, (address) => tagsIn(stack, address));
    const unlisted = sorted(
      clients.map(({ address }) => clientDoubt(stack, address, poolOf(stack, address, known), found.clients, ids)),
    );
    return {
      imports: [...tagged.imports, ...unlisted.imports],
      doubts: [...tagged.doubts, ...unlisted.doubts],
    };
  } catch (error) {
    if (error instanceof InfraError && error.code !== 'TERRAFORM_FAILED') throw error;
    progress.note(`AWS could not be asked what bears the tags of ${stack.name}: ${(error as Error).message}`);
    return NONE;
  } finally {
    await rm(join(folder, PLAN), { force: true });
  }
}

/** The clients of the pool that have the name which the sources give an address. */
function clientDoubt(
  stack: SynthesizedStack,
  address: string,
  pool: string | undefined,
  clients: readonly PoolClient[],
  known: ReadonlySet<string>,
): Doubt {
  const { name } = bodyOf(stack, address);
  const its = clients.filter((each) => each.pool === pool && each.name === name && !known.has(each.id));
  return { to: address, ids: its.map(({ id }) => `${pool}/${id}`) };
}

/** The id of the pool that a client is of, where its pool is known. */
function poolOf(stack: SynthesizedStack, address: string, known: ReadonlyMap<string, string>): string | undefined {
  const { user_pool_id: pool } = bodyOf(stack, address);
  const [, reference] = /^\$\{(.+)\.id\}$/.exec(typeof pool === 'string' ? pool : '') ?? [];
  return reference === undefined ? undefined : known.get(reference);
}

function tagsIn(stack: SynthesizedStack, address: string): Readonly<Record<string, unknown>> {
  const { tags } = bodyOf(stack, address);
  return typeof tags === 'object' && tags !== null ? (tags as Record<string, unknown>) : {};
}

function isIn({ terraform }: SynthesizedStack, address: string): boolean {
  const [type = '', name = ''] = address.split('.');
  return terraform.resource[type]?.[name] !== undefined;
}

function bodyOf({ terraform }: SynthesizedStack, address: string): Readonly<Record<string, unknown>> {
  const [type = '', name = ''] = address.split('.');
  return terraform.resource[type]?.[name] ?? {};
}
