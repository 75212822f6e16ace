import { InfraError } from '../errors.ts';
import { type Credentials, type Docker } from './docker.ts';
import { isSameImage } from './same-image.ts';

/** A repository of images, as far as the engine cannot ask it. */
export interface Registry {
  credentials(): Promise<Credentials>;
  /** @returns `sha256:…`; undefined where there is no such tag */
  digestOf(tag: string): Promise<string | undefined>;
}

export interface PushOptions {
  /** An image of this machine's engine. */
  readonly image: string;
  /** The tag that it gets. */
  readonly tag: string;
  /** `<host>/<repository>` */
  readonly repositoryUrl: string;
}

export interface PushedImage {
  /** By which a service runs it: `<repository url>@<digest>`. */
  readonly image: string;
  /** Of the registry: `sha256:…`. */
  readonly digest: string;
  readonly tag: string;
  /** Whether it was pushed now, or was there already. */
  readonly pushed: boolean;
}

export interface PushTools {
  /** A client whose configuration is its own: what it is told to keep, it forgets with this push. */
  readonly docker: Docker;
  readonly registry: Registry;
}

/**
 * Pushes an image under a tag that is never moved. Where the tag is there already, the image under it has to be the
 * same, and is taken.
 *
 * @throws {InfraError} `IMAGE_TAG_TAKEN`; `IMAGE_FAILED`; and what the registry throws
 */
export async function pushImage(options: PushOptions, { docker, registry }: PushTools): Promise<PushedImage> {
  const { image, tag, repositoryUrl } = options;
  const [host = ''] = repositoryUrl.split('/');
  const result = (digest: string, pushed: boolean): PushedImage => ({
    image: `${repositoryUrl}@${digest}`,
    digest,
    tag,
    pushed,
  });
  await docker.login(host, await registry.credentials());
  try {
    const existing = await registry.digestOf(tag);
    if (existing !== undefined) {
      await requireSame(options, existing, docker);
      return result(existing, false);
    }
    await docker.tag(image, `${repositoryUrl}:${tag}`);
    await docker.push(`${repositoryUrl}:${tag}`);
    const digest = await registry.digestOf(tag);
    if (digest !== undefined) return result(digest, true);
    throw new InfraError('IMAGE_FAILED', `${repositoryUrl} does not have the tag ${tag} that was just pushed to it.`);
  } finally {
    // A client may keep a password elsewhere than in its configuration, such as in the user's keychain.
    await docker.logout(host);
  }
}

async function requireSame({ image, tag, repositoryUrl }: PushOptions, digest: string, docker: Docker): Promise<void> {
  const there = `${repositoryUrl}@${digest}`;
  const own = await docker.inspect(image);
  if (own?.RepoDigests?.includes(there)) return;
  await docker.pull(there, undefined);
  const other = await docker.inspect(there);
  if (own !== undefined && other !== undefined && isSameImage(own, other)) return;
  throw new InfraError(
    'IMAGE_TAG_TAKEN',
    `${repositoryUrl} has another image under the tag ${tag} (${digest}) than this machine's ${image}, and a tag never ` +
      'moves. The tag is made from what the image is made of, so one of the two was changed afterwards: find out which, ' +
      'and build again after `docker image rm`, or delete the one in the registry.',
  );
}
