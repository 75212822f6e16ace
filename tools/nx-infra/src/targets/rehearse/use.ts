import { createHash } from 'node:crypto';

import { AdminCreateUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { PutImageCommand } from '@aws-sdk/client-ecr';
import { PutObjectCommand } from '@aws-sdk/client-s3';

import { InfraError } from '../../errors.ts';
import { type Clients } from './clients.ts';
import { type Described, textOf } from './described.ts';
import { poolOf } from './found.ts';

const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const CONFIGURATION = '{}';
const LAYER = 'rehearsal';

/**
 * Puts the manifest of an image into the repository: no image is built, and there is one to run all the same.
 *
 * @returns its digest
 */
export async function pushImage({ images }: Pick<Clients, 'images'>, described: Described): Promise<string> {
  const imageManifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: descriptor('application/vnd.oci.image.config.v1+json', CONFIGURATION),
    layers: [descriptor('application/vnd.oci.image.layer.v1.tar', LAYER)],
  });
  const repositoryName = textOf(described.one('aws_ecr_repository'), 'name');
  const { image } = await images.send(
    new PutImageCommand({ repositoryName, imageManifest, imageManifestMediaType: MANIFEST_TYPE, imageTag: LAYER }),
  );
  const digest = image?.imageId?.imageDigest;
  if (digest === undefined)
    throw new InfraError('REHEARSAL_FAILED', `${repositoryName} took an image without a digest.`);
  return digest;
}

function descriptor(mediaType: string, content: string): object {
  const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
  return { mediaType, digest, size: Buffer.byteLength(content) };
}

/** Leaves behind what use does, so that what is destroyed is not empty: a user, and an access log. */
export async function use(clients: Clients, described: Described): Promise<void> {
  const { id } = await poolOf(clients, described);
  await clients.pools.send(
    new AdminCreateUserCommand({ UserPoolId: id, Username: 'rehearsal@example.com', MessageAction: 'SUPPRESS' }),
  );
  for (const bucket of described.all('aws_s3_bucket')) {
    const Key = 'AWSLogs/rehearsal.log.gz';
    await clients.s3.send(new PutObjectCommand({ Bucket: textOf(bucket, 'bucket'), Key, Body: 'h2 …' }));
  }
}
