import { isDeepStrictEqual } from 'node:util';

import { type InspectedImage } from './docker.ts';

/** Says from which commit an image was made, and does nothing else. */
export const REVISION_LABEL = 'org.opencontainers.image.revision';

/**
 * Whether two images are the same but for when, where and from which commit they were made: the same layers, run the
 * same way. Engines write the time of the making into an image, so that its digest differs each time.
 */
export function isSameImage(one: InspectedImage, other: InspectedImage): boolean {
  return isDeepStrictEqual(essence(one), essence(other));
}

function essence({ Os, Architecture, Config, RootFS }: InspectedImage): unknown {
  const labels = Object.entries(Config.Labels ?? {}).filter(([name]) => name !== REVISION_LABEL);
  // Engines write what is not set as null, as empty, or not at all.
  const config = Object.entries({ ...Config, Labels: Object.fromEntries(labels) }).filter(
    ([, value]) => !isUnset(value),
  );
  return { Os, Architecture, layers: RootFS.Layers ?? [], config: Object.fromEntries(config) };
}

function isUnset(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
