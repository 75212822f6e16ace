import { z } from 'zod';

import { InfraError } from '../errors.ts';
import { readNeeds } from '../targets/doctor/needs.ts';
import { readOutputs } from '../targets/outputs/outputs.ts';
import { openSession } from '../targets/session.ts';
import { type TargetContext, type TargetResult } from '../targets/target.ts';
import { platformOf } from './architecture.ts';
import { type ImageOptions } from './build-image.ts';
import { EcrRegistry, parseRepositoryUrl } from './ecr-registry.ts';
import { buildHere } from './image.ts';
import { privateDocker } from './open-docker.ts';
import { type PushedImage, pushImage } from './push-image.ts';

/** What decides an image, but for its platform, which is its destination's to say. */
export type SourceOptions = Omit<ImageOptions, 'platform'>;

export interface PushTargetOptions extends SourceOptions {
  /** One of `stacks/environments`. */
  readonly env: string;
}

/** Where the images of an environment go. */
export interface Destination {
  /** As the ecr stack hands it on. */
  readonly repositoryUrl: string;
  /** Of the environment; undefined where any will do. */
  readonly account: string | undefined;
  /** What its tasks run on, such as `linux/amd64`. */
  readonly platform: string;
}

const outputsSchema = z.object({ repositoryUrl: z.string() });

/**
 * `auth:push`: builds the image of an application for an environment, and pushes it to the environment's repository.
 *
 * @throws {InfraError} `NOT_APPLIED` where there is no repository yet; and what {@link buildAndPush} throws
 */
export async function push({ env, ...options }: PushTargetOptions, context: TargetContext): Promise<TargetResult> {
  const pushed = await buildAndPush(options, await destinationOf(options.root, env, context), context);
  return {
    message: `${pushed.image} ${pushed.pushed ? 'is pushed' : 'was there already'}, as ${pushed.tag}.`,
    data: pushed,
  };
}

/**
 * Builds the image for where it goes, and pushes it there: what `auth:push` does and what a deployment does between the
 * ecr and the ecs stack.
 *
 * @throws {InfraError} `AWS_ACCOUNT`, `AWS_FAILED`, `DOCKER_MISSING`, `IMAGE_FAILED`, `IMAGE_TAG_TAKEN`
 */
export async function buildAndPush(
  options: SourceOptions,
  { repositoryUrl, account, platform }: Destination,
  context: TargetContext,
): Promise<PushedImage> {
  const repository = parseRepositoryUrl(repositoryUrl);
  if (account !== undefined && repository.account !== account) {
    throw new InfraError(
      'AWS_ACCOUNT',
      `The environment belongs to account ${account}, and its repository ${repositoryUrl} to another: nothing is pushed. ` +
        'Correct the account in stacks/environments, or apply the ecr stack again.',
    );
  }
  const { image, tag } = await buildHere({ ...options, platform }, context);
  const { progress, signal } = context;
  await using own = await privateDocker({ root: options.root, env: process.env, signal });
  const registry = new EcrRegistry(repository, process.env);
  // Awaited here, as the client's configuration is gone at the end of this function.
  return await progress.step(
    'image',
    'push',
    () => pushImage({ image, tag, repositoryUrl }, { docker: own.docker, registry }),
    ({ digest, pushed }) => (pushed ? digest : `${digest}, which was there already`),
  );
}

async function destinationOf(root: string, env: string, context: TargetContext): Promise<Destination> {
  await using session = await openSession({ root, env }, context);
  const { stacks, folders, open } = session;
  const ecr = stacks.get('ecr');
  if (ecr === undefined) {
    throw new InfraError('STACK_MISSING', `Environment ${env} has no ecr stack, and so no repository to push to.`);
  }
  const outputs = await context.progress.step('ecr', 'read', () => readOutputs(ecr, folders, open.terraform));
  const applied = outputsSchema.safeParse(outputs);
  if (!applied.success) {
    throw new InfraError(
      'NOT_APPLIED',
      `The ecr stack of ${env} is not applied, so there is no repository to push to. Apply it first: docs/reference/image.md.`,
      { cause: applied.error },
    );
  }
  return { ...applied.data, account: readNeeds(stacks).account, platform: platformOf(stacks) };
}
