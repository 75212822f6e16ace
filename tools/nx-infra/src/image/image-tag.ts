import { createHash } from 'node:crypto';

/** What decides an image; everything else about it is the time and the place of its making. */
export interface ImageContent {
  /** SHA-256 of the application's bundle. */
  readonly bundle: string;
  /** SHA-256 of the Dockerfile. */
  readonly dockerfile: string;
  /** The digest of the base image. */
  readonly base: string;
  /** Such as `linux/amd64`. */
  readonly platform: string;
  /** Of the workspace; a label says it. */
  readonly version: string;
}

/** The tag that an image has by its content: the same input, the same tag, on any machine. Twelve hexadecimal digits. */
export function imageTag({ bundle, dockerfile, base, platform, version }: ImageContent): string {
  return sha256(JSON.stringify([bundle, dockerfile, base, platform, version])).slice(0, 12);
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
