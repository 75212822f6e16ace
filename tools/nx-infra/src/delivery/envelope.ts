import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';

import { z } from 'zod';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const base64 = z.base64();
const envelopeSchema = z.strictObject({
  version: z.literal(1),
  environment: z.string(),
  /** The data key, encrypted by the key of the environment. */
  key: base64,
  iv: base64,
  tag: base64,
  content: base64,
});
const filesSchema = z.record(z.string(), base64);
/** Such as `manifest.json` and `alb/plan.tfplan`: nothing that leads out of a folder. */
const NAME = /^(?:[A-Za-z0-9_-]+\/)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;

/** Files, by their path in a folder. */
export type Files = Readonly<Record<string, Buffer>>;
/** A key for one envelope, in clear and as it is kept. */
export interface DataKey {
  readonly plain: Buffer;
  readonly kept: string;
}

/** Encrypts files with a key that is used once: AES-256-GCM, so that what was changed does not open. */
export function sealed(environment: string, files: Files, { plain, kept }: DataKey): string {
  const texts = Object.entries(files).map(([name, content]) => [name, content.toString('base64')]);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, plain, iv).setAAD(Buffer.from(environment));
  const content = Buffer.concat([cipher.update(gzipSync(JSON.stringify(Object.fromEntries(texts)))), cipher.final()]);
  return `${JSON.stringify({
    version: 1,
    environment,
    key: kept,
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    content: content.toString('base64'),
  })}\n`;
}

/** @throws where it is none */
export function readEnvelope(text: string): z.infer<typeof envelopeSchema> {
  return envelopeSchema.parse(JSON.parse(text));
}

/** @throws where it was changed, was made with another key or for another environment, or holds a path that leads out */
export function opened(text: string, plain: Buffer): Files {
  const { environment, iv, tag, content } = readEnvelope(text);
  const bytes = (value: string): Buffer => Buffer.from(value, 'base64');
  const decipher = createDecipheriv(CIPHER, plain, bytes(iv), { authTagLength: 16 })
    .setAAD(Buffer.from(environment))
    .setAuthTag(bytes(tag));
  const packed = Buffer.concat([decipher.update(bytes(content)), decipher.final()]);
  const files = filesSchema.parse(JSON.parse(gunzipSync(packed).toString('utf8')));
  const entries = Object.entries(files).map(([name, value]) => {
    if (!NAME.test(name)) throw new RangeError('A path in it leads elsewhere.');
    return [name, bytes(value)] as const;
  });
  return Object.fromEntries(entries);
}
