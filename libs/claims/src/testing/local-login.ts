import { type Answer, type Fetch } from '../fetch.ts';
import { type CheckedSettings, checkSettings, type ClaimsSettings } from '../settings.ts';
import { LocalPool } from './local-pool.ts';
import { LocalSigner } from './local-signer.ts';

/** A user to sign in. */
export interface LocalUser {
  readonly subject: string;
  readonly username: string;
  /** @default [] */
  readonly groups?: readonly string[];
  /** @default ['openid'] */
  readonly scopes?: readonly string[];
  /** userInfo's claims besides `sub` and `username`. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

const MINUTE = 60;

/**
 * A load balancer and a user pool without a network: they issue real tokens, and `fetch` answers for their key hosts.
 * An application's tests give `fetch` to the verifier and so go through the same verification as production.
 */
export class LocalLogin {
  readonly signer = new LocalSigner();
  readonly pool = new LocalPool();
  /** Every URL that was asked for, in order. */
  readonly fetched: string[] = [];

  private readonly checked: CheckedSettings;

  /** @throws {ClaimsError} `CONFIGURATION_INVALID` */
  constructor(readonly settings: ClaimsSettings) {
    this.checked = checkSettings(settings);
  }

  readonly fetch: Fetch = (url) => {
    this.fetched.push(url);
    return Promise.resolve(this.answer(url));
  };

  /** The headers that the load balancer would add to a request of this user, as Node's `rawHeaders`. */
  headersOf(user: LocalUser): readonly string[] {
    return [
      ['x-amzn-oidc-accesstoken', this.accessTokenOf(user)],
      ['x-amzn-oidc-identity', user.subject],
      ['x-amzn-oidc-data', this.dataTokenOf(user)],
    ].flat();
  }

  /** The same headers by name, as `fetch` and test clients take them. */
  signAs(user: LocalUser): Readonly<Record<string, string>> {
    const raw = this.headersOf(user);
    return Object.fromEntries(raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : [])));
  }

  /**
   * The headers of an API client that has a bearer token of this user.
   *
   * @param clientId the app client; by default the first that the settings accept
   */
  bearerAs(user: LocalUser, clientId: string = this.checked.bearerClientIds[0] ?? ''): { authorization: string } {
    return { authorization: `Bearer ${this.accessTokenOf(user, clientId)}` };
  }

  dataTokenOf({ subject, username, claims = {} }: LocalUser): string {
    const { albArn, clientId: client, issuer } = this.checked;
    const signer = albArn[0] ?? '';
    return this.signer.dataToken({
      claims: { sub: subject, ...claims, username },
      signer,
      client,
      issuer,
      exp: seconds() + 2 * MINUTE,
    });
  }

  /** @param clientId the app client the user signed in through; by default the load balancer's */
  accessTokenOf(user: LocalUser, clientId: string = this.checked.clientId): string {
    const { subject, username, groups = [], scopes = ['openid'] } = user;
    const authTime = seconds() - MINUTE;
    const exp = seconds() + 15 * MINUTE;
    const { issuer } = this.checked;
    return this.pool.accessToken({ issuer, clientId, subject, username, groups, scopes, authTime, exp });
  }

  private answer(url: string): Answer {
    if (url === this.checked.jwksUrl) return { status: 200, body: this.pool.jwks() };
    if (url === `${this.checked.albPublicKeysUrl}/${this.signer.kid}`) {
      return { status: 200, body: this.signer.publicKeyPem };
    }
    return { status: 403, body: 'AccessDenied' };
  }
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
