import { command } from '../runner/command.ts';
import { type TargetContext, type TargetResult } from '../targets/target.ts';
import { buildImage, type BuiltImage, type ImageOptions } from './build-image.ts';
import { openDocker } from './open-docker.ts';
import { revision } from './revision.ts';

const MB = 1_000_000;

/** `auth:image`: builds the image of an application with the Docker of this machine. */
export async function image(options: ImageOptions, context: TargetContext): Promise<TargetResult> {
  const built = await buildHere(options, context);
  return {
    message: `${built.image} ${built.built ? 'is built' : 'was there already'}: ${inWords(built)}.`,
    data: built,
  };
}

/** Builds, and tells of it. */
export function buildHere(options: ImageOptions, { progress, signal }: TargetContext): Promise<BuiltImage> {
  const { root } = options;
  const git = command('git', { env: process.env, signal });
  return progress.step(
    'image',
    'build',
    () =>
      buildImage(options, {
        docker: openDocker({ root, env: process.env, signal }),
        revision: () => revision(git, root),
      }),
    ({ image: name, built }) => `${name}${built ? '' : ', which was there already'}`,
  );
}

function inWords({ platform, base, bytesOverBase }: BuiltImage): string {
  return `${platform}, ${(bytesOverBase / MB).toFixed(1)} MB over ${base}`;
}
