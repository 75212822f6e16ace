import { ListImagesCommand } from '@aws-sdk/client-ecr';

import { type Clients } from '../../rehearse/clients.ts';
import { type Described, textOf } from '../../rehearse/described.ts';

/** The digest of the image in the repository; undefined where there is none yet. */
export async function pushedImage(
  { images }: Pick<Clients, 'images'>,
  described: Described,
): Promise<string | undefined> {
  const repositoryName = textOf(described.one('aws_ecr_repository'), 'name');
  const { imageIds = [] } = await images.send(new ListImagesCommand({ repositoryName }));
  return imageIds[0]?.imageDigest;
}
