import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { InfraError } from '../errors.ts';
import { type Docker, type InspectedImage } from './docker.ts';
import { defaultBase } from './dockerfile.ts';
import { imageTag, sha256 } from './image-tag.ts';

export interface ImageOptions {
  /** The workspace: what the engine is given to build from. */
  readonly root: string;
  /** The repository's name on this machine. */
  readonly name: string;
  /** Relative to the workspace, as all files here. */
  readonly dockerfile: string;
  /** The built bundle, which names the image. */
  readonly bundle: string;
  /** @default the Dockerfile's own */
  readonly base?: string;
  /** The image that the bundle is built in. @default the base */
  readonly builder?: string;
  /** Such as `linux/arm64`. @default the engine's own */
  readonly platform?: string;
  /** A file of certificate authorities that the build trusts while it installs packages. */
  readonly caBundle?: string;
  /** The network of the build, such as `host`. @default the engine's own */
  readonly network?: string;
}

/** An image in the engine of this machine. */
export interface BuiltImage {
  /** `<name>:<tag>` */
  readonly image: string;
  readonly tag: string;
  /** Of the engine. A registry knows the image by another digest. */
  readonly id: string;
  readonly base: string;
  /** Such as `linux/amd64`. */
  readonly platform: string;
  /** Whether it was built now, or was there already. */
  readonly built: boolean;
  /** What it adds to its base, unpacked. */
  readonly bytesOverBase: number;
}

export interface ImageTools {
  readonly docker: Docker;
  /** The commit that the image is labelled with. */
  readonly revision: () => Promise<string>;
}

/**
 * Builds the image of an application, under a tag that its content decides; an image that is there is not built again.
 *
 * @throws {InfraError} `DOCKER_MISSING`, `IMAGE_FAILED`; `FILE_MISSING` without bundle or Dockerfile; `FILE_MALFORMED`
 */
export async function buildImage(options: ImageOptions, { docker, revision }: ImageTools): Promise<BuiltImage> {
  const [dockerfile, bundle, version] = await Promise.all([
    read(options.root, options.dockerfile),
    read(options.root, options.bundle),
    versionOf(options.root),
  ]);
  // First, as a caller is to know that there is no engine before a pull from nowhere fails.
  await docker.version();
  const name = options.base ?? defaultBase(dockerfile.toString());
  const base = await present(name, options.platform, docker);
  const platform = platformOf(base);
  const content = { bundle: sha256(bundle), dockerfile: sha256(dockerfile), base: digestOf(base), platform, version };
  const tag = imageTag(content);
  const image = `${options.name}:${tag}`;
  const done = (found: InspectedImage, built: boolean): BuiltImage => {
    const bytesOverBase = found.Size - base.Size;
    return { image, tag, id: found.Id, base: name, platform, built, bytesOverBase };
  };

  const existing = await docker.inspect(image);
  if (existing !== undefined) return done(existing, false);
  const buildArguments = {
    BASE_IMAGE: name,
    ...(options.builder === undefined ? {} : { BUILD_IMAGE: options.builder }),
    BUNDLE_SHA256: content.bundle,
    VERSION: version,
    REVISION: await revision(),
  };
  await docker.build([
    `--file=${options.dockerfile}`,
    `--tag=${image}`,
    '--progress=plain',
    ...Object.entries(buildArguments).map(([argument, value]) => `--build-arg=${argument}=${value}`),
    ...(options.platform === undefined ? [] : [`--platform=${options.platform}`]),
    ...(options.network === undefined ? [] : [`--network=${options.network}`]),
    ...(options.caBundle === undefined ? [] : [`--secret=id=ca_bundle,src=${options.caBundle}`]),
  ]);
  const found = await docker.inspect(image);
  if (found !== undefined) return done(found, true);
  throw new InfraError(
    'IMAGE_FAILED',
    `Docker built ${image} and did not put it into its engine, where it would be pushed from: the client's builder keeps ` +
      'what it builds. Choose the engine’s own with `docker buildx use default`.',
  );
}

/** The base, fetched if the engine has none, or one of another platform. */
async function present(image: string, platform: string | undefined, docker: Docker): Promise<InspectedImage> {
  const fits = (found: InspectedImage | undefined): found is InspectedImage =>
    found !== undefined && (platform === undefined || platformOf(found) === platform);
  const found = await docker.inspect(image);
  if (fits(found)) return found;
  await docker.pull(image, platform);
  const pulled = await docker.inspect(image);
  if (fits(pulled)) return pulled;
  throw new InfraError(
    'IMAGE_FAILED',
    `The base ${image} is not to be had for ${platform}: choose another with --base.`,
  );
}

/** By the registry's digest, which is the same on each machine; an image that is in none, by the engine's id. */
function digestOf({ Id, RepoDigests }: InspectedImage): string {
  return [...(RepoDigests ?? [])].map((each) => each.slice(each.indexOf('@') + 1)).sort()[0] ?? Id;
}

function platformOf({ Os, Architecture }: InspectedImage): string {
  return `${Os}/${Architecture}`;
}

async function read(root: string, file: string): Promise<Buffer> {
  return readFile(join(root, file)).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new InfraError('FILE_MISSING', `There is no ${file}, which the image is made of.`, { cause: error });
  });
}

async function versionOf(root: string): Promise<string> {
  return z.object({ version: z.string() }).parse(JSON.parse((await read(root, 'package.json')).toString())).version;
}
