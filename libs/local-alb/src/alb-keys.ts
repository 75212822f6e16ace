import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  randomUUID,
} from 'node:crypto';
import { join } from 'node:path';

import { LocalAlbError } from './errors.ts';
import { ensurePrivateFolder, readOrCreatePrivateFile } from './private-file.ts';

/** What an ALB signs `x-amzn-oidc-data` with. */
export interface SigningKey {
  /** A lower-case UUID, version 4. */
  readonly kid: string;
  /** On the curve P-256. */
  readonly privateKey: KeyObject;
  /** PEM, SPKI: what the key endpoint answers. */
  readonly publicKeyPem: string;
}

export interface AlbKeys {
  /** 32 bytes: seals sessions and login states. */
  readonly sessionKey: Buffer;
  readonly signingKey: SigningKey;
}

const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * The keys of the state folder, made on first use. They stay, so that sessions outlive a restart and the application's
 * cached public keys stay good.
 *
 * @throws {LocalAlbError} `STATE_UNUSABLE`
 */
export async function openAlbKeys(stateFolder: string): Promise<AlbKeys> {
  await ensurePrivateFolder(stateFolder);
  const sessionFile = join(stateFolder, 'session.key');
  const signingFile = join(stateFolder, 'signing-key.json');
  return {
    sessionKey: parseSessionKey(
      await readOrCreatePrivateFile(sessionFile, () => randomBytes(32).toString('base64')),
      sessionFile,
    ),
    signingKey: parseSigningKey(await readOrCreatePrivateFile(signingFile, newSigningKey), signingFile),
  };
}

function newSigningKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return JSON.stringify({ kid: randomUUID(), privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) });
}

function parseSessionKey(text: string, file: string): Buffer {
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) throw unusable(file, 'it does not hold 32 bytes in Base64');
  return key;
}

function parseSigningKey(text: string, file: string): SigningKey {
  try {
    const { kid, privateKey: pem } = JSON.parse(text) as { kid?: unknown; privateKey?: unknown };
    if (typeof kid !== 'string' || !uuid4.test(kid) || typeof pem !== 'string')
      throw new Error('kid or key is missing');
    const privateKey = createPrivateKey(pem);
    if (privateKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('the key is not on P-256');
    return {
      kid,
      privateKey,
      publicKeyPem: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
    };
  } catch {
    // The cause may quote the key: it is left out.
    throw unusable(file, 'it does not hold a kid and a P-256 private key');
  }
}

function unusable(file: string, why: string): LocalAlbError {
  return new LocalAlbError(
    'STATE_UNUSABLE',
    `The local ALB cannot use ${file}: ${why}. Delete the file; a new one is made, and everybody signs in again.`,
  );
}
