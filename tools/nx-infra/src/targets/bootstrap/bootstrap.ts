import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { InfraError } from '../../errors.ts';
import { type OpenTerraform } from '../../runner/open.ts';
import { type Terraform } from '../../runner/terraform.ts';
import { requiredProviders } from '../../terraform/provider.ts';
import { type Needs, readNeeds } from '../doctor/needs.ts';
import { type Folders, prepare } from '../folder.ts';
import { openSession, type SessionOptions } from '../session.ts';
import { type TargetContext, type TargetResult } from '../target.ts';
import { type BucketOptions, type ExistingBucket, hardened, look, readBucket } from './bucket.ts';

const PLAN = 'bucket.tfplan';

/**
 * `infra:bootstrap`: makes the bucket of an environment's states, or hardens the one that is there. Can be run again.
 *
 * @throws {InfraError} `OPTION_INVALID` for an environment without such a bucket; `BUCKET_POLICY`
 */
export async function bootstrap(
  options: Pick<SessionOptions, 'root' | 'env'>,
  context: TargetContext,
): Promise<TargetResult> {
  await using session = await openSession(options, context);
  const { folders, open, stacks } = session;
  const needs = readNeeds(stacks);
  const bucket = bucketOf(options.env, needs);
  const { region, account } = needs;
  const wanted: BucketOptions = { bucket, region, account, required: requiredProviders(stacks) };
  const { progress } = context;
  const existing = await progress.step('bucket', 'look', () => lookAt(wanted, folders, open), describe);
  await progress.step('bucket', 'apply', () => apply(hardened(wanted, existing), folders, open));
  return {
    message: `Bucket ${bucket} in ${region} is ${existing === undefined ? 'made' : 'as it should be'}: versioned, encrypted, closed to the public, TLS alone.`,
    data: { bucket, region, created: existing === undefined },
  };
}

function bucketOf(env: string, { bucket }: Needs): string {
  if (bucket !== undefined) return bucket;
  throw new InfraError('OPTION_INVALID', `Environment ${env} keeps its states on this machine: it needs no bucket.`);
}

async function lookAt(
  wanted: BucketOptions,
  folders: Folders,
  open: OpenTerraform,
): Promise<ExistingBucket | undefined> {
  try {
    return await planned(look(wanted), 'once', folders, open, (terraform, folder) =>
      terraform.show(folder, PLAN).then((plan) => readBucket(plan)),
    );
  } catch (error) {
    if (error instanceof InfraError && error.message.includes('Cannot import non-existent remote object')) {
      return undefined;
    }
    throw error;
  }
}

function apply(json: object, folders: Folders, open: OpenTerraform): Promise<void> {
  return planned(json, 'often', folders, open, (terraform, folder) => terraform.apply(folder, PLAN));
}

/** Plans a configuration without a past, and does something with the plan. */
async function planned<T>(
  json: object,
  configured: 'once' | 'often',
  folders: Folders,
  { terraform, startProvider }: OpenTerraform,
  then: (terraform: Terraform, folder: string) => Promise<T>,
): Promise<T> {
  const folder = folders.work('bootstrap', 'bucket');
  const forget = () => Promise.all([PLAN, 'bucket.tfstate'].map((file) => rm(join(folder, file), { force: true })));
  await forget();
  try {
    const lockFile = await prepare(folder, { json }, folders.lockFile);
    await terraform.init(folder, { backend: true, lockFile });
    await using provider = await startProvider(folder, configured);
    const sharing = terraform.sharing(provider);
    await sharing.plan(folder, { out: PLAN, variables: {} });
    return await then(sharing, folder);
  } finally {
    await forget();
  }
}

function describe(existing: ExistingBucket | undefined): string {
  return existing === undefined ? 'there is none yet' : 'it is there';
}
