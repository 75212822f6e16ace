import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type JsonWebKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { jwkThumbprint } from './jwk-thumbprint.ts';
import { readPrivateJson, unreadable, writePrivateJson } from './private-file.ts';

const file = 'signing-key.json';

const storedKey = z.looseObject({ kty: z.literal('RSA'), n: z.string(), e: z.string(), d: z.string() });

/** The pool's RSA key: signs tokens with RS256, as Cognito does, and recognises its own. */
export class SigningKey {
  readonly kid: string;
  readonly #private: KeyObject;
  readonly #public: KeyObject;

  private constructor(key: KeyObject) {
    this.#private = key;
    this.#public = createPublicKey(key);
    this.kid = jwkThumbprint(this.#public.export({ format: 'jwk' }));
  }

  /**
   * Loads the key of a state folder, made on first use.
   *
   * @throws LocalUserPoolError `STATE_UNREADABLE`
   */
  static async load(stateFolder: string): Promise<SigningKey> {
    const path = join(stateFolder, file);
    const stored = await readPrivateJson(path);
    if (stored === undefined) {
      const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
      await writePrivateJson(path, privateKey.export({ format: 'jwk' }));
      return new SigningKey(privateKey);
    }
    const parsed = storedKey.safeParse(stored);
    if (!parsed.success) throw unreadable(path);
    try {
      return new SigningKey(createPrivateKey({ key: parsed.data as JsonWebKey, format: 'jwk' }));
    } catch {
      throw unreadable(path);
    }
  }

  /** The private key as a JWK, for the keystore of oidc-provider. Not to be logged. */
  privateJwk(): JsonWebKey & { readonly kid: string } {
    return { ...this.#private.export({ format: 'jwk' }), kid: this.kid, alg: 'RS256', use: 'sig' };
  }

  /** A signed JWT (RFC 7515) with Cognito's header: `kid` and `alg`, no `typ`. */
  sign(claims: object): string {
    const input = [{ kid: this.kid, alg: 'RS256' }, claims].map(encode).join('.');
    return `${input}.${sign('RSA-SHA256', Buffer.from(input), this.#private).toString('base64url')}`;
  }

  /** The claims of a token that this key signed; `undefined` for anything else. Does not look at `exp`. */
  open(token: string): Readonly<Record<string, unknown>> | undefined {
    const [header, payload, signature, ...rest] = token.split('.');
    if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) return undefined;
    const input = Buffer.from(`${header}.${payload}`);
    if (!verify('RSA-SHA256', input, this.#public, Buffer.from(signature, 'base64url'))) return undefined;
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
  }
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
