import { type ExecutorContext } from '@nx/devkit';

import { type ImageOptions } from '../../image/build-image.ts';
import { image } from '../../image/image.ts';
import { target } from '../../targets/target.ts';

export interface ImageExecutorOptions extends Omit<ImageOptions, 'root'> {
  readonly json: boolean;
}

/** `nx run auth:image [--base=…] [--builder=…] [--platform=…] [--ca-bundle=file] [--network=host] [--json]` */
export default function executor(
  { json, ...options }: ImageExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, (context) => image({ root, ...options }, context));
}
