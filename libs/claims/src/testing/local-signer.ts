import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { encodeJson, pad } from './encode.ts';

/** Whose token a load balancer writes. */
export interface DataTokenOptions {
  /** userInfo's claims, in its order. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signer: string;
  readonly client: string;
  readonly issuer: string;
  /** Seconds since 1970; a load balancer's tokens live about a minute. */
  readonly exp: number;
}

/** Signs `x-amzn-oidc-data` as a load balancer does, with a P-256 key of its own. */
export class LocalSigner {
  /** What the region's key host answers for `kid`. */
  readonly publicKeyPem: string;
  private readonly privateKey: KeyObject;

  /** @param kid id of the key */
  constructor(readonly kid: string = randomUUID()) {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.privateKey = privateKey;
    this.publicKeyPem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
  }

  /** The token of a signed-in user: `typ, kid, alg, iss, client, signer, exp`, and the claims, then `exp`, `iss`. */
  dataToken({ claims, signer, client, issuer, exp }: DataTokenOptions): string {
    const header = { typ: 'JWT', kid: this.kid, alg: 'ES256', iss: issuer, client, signer, exp };
    return this.sign(header, { ...claims, exp, iss: issuer });
  }

  /** Any token, signed with this key: each part keeps its `=`, and the signature covers it. */
  sign(header: object, payload: object): string {
    const input = `${pad(encodeJson(header))}.${pad(encodeJson(payload))}`;
    const signature = sign('sha256', Buffer.from(input), { key: this.privateKey, dsaEncoding: 'ieee-p1363' });
    return `${input}.${pad(signature.toString('base64url'))}`;
  }
}
