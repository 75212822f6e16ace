import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { encodeJson } from './encode.ts';

/** Whose access token the pool issues. */
export interface AccessTokenOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly subject: string;
  readonly username: string;
  /** @default [] (the claim is left out, as Cognito does) */
  readonly groups?: readonly string[];
  /** @default ['openid'] */
  readonly scopes?: readonly string[];
  /** Seconds since 1970. */
  readonly authTime: number;
  /** Seconds since 1970. */
  readonly exp: number;
}

/** Issues access tokens as Amazon Cognito does, with an RSA key of its own. */
export class LocalPool {
  private readonly publicKey: KeyObject;
  private readonly privateKey: KeyObject;

  /** @param kid id of the key */
  constructor(readonly kid: string = randomUUID()) {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.publicKey = publicKey;
    this.privateKey = privateKey;
  }

  /** What the pool answers at `<issuer>/.well-known/jwks.json`. */
  jwks(): string {
    const jwk = { ...this.publicKey.export({ format: 'jwk' }), kid: this.kid, use: 'sig', alg: 'RS256' };
    return JSON.stringify({ keys: [jwk] });
  }

  /** The access token of a user: no `aud`, and `client_id` in its place. */
  accessToken(options: AccessTokenOptions): string {
    const { issuer, clientId, subject, username, groups = [], scopes = ['openid'], authTime, exp } = options;
    return this.sign(
      { kid: this.kid, alg: 'RS256' },
      {
        sub: subject,
        ...(groups.length > 0 && { 'cognito:groups': groups }),
        iss: issuer,
        version: 2,
        client_id: clientId,
        origin_jti: randomUUID(),
        token_use: 'access',
        scope: scopes.join(' '),
        auth_time: authTime,
        exp,
        iat: authTime,
        jti: randomUUID(),
        username,
      },
    );
  }

  /** Any token, signed with this key. */
  sign(header: object, payload: object): string {
    const input = `${encodeJson(header)}.${encodeJson(payload)}`;
    return `${input}.${sign('sha256', Buffer.from(input), this.privateKey).toString('base64url')}`;
  }
}
