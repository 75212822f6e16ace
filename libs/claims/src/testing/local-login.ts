import { type Answer, type Fetch } from '../fetch.ts';
import { type ClaimsSettings } from '../settings.ts';
import { LocalPool } from './local-pool.ts';
import { LocalSigner } from './local-signer.ts';

/** A user to sign in. */
export interface LocalUser {
  readonly subject: string;
  readonly username: string;
  readonly groups?: readonly string[];
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

  constructor(readonly settings: ClaimsSettings) {}

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

  dataTokenOf({ subject, username, claims = {} }: LocalUser): string {
    const { albArn, clientId: client, issuer } = this.settings;
    const signer = typeof albArn === 'string' ? albArn : (albArn[0] ?? '');
    return this.signer.dataToken({
      claims: { sub: subject, ...claims, username },
      signer,
      client,
      issuer,
      exp: seconds() + 2 * MINUTE,
    });
  }

  /** @param clientId the app client the user signed in through; by default the load balancer's */
  accessTokenOf({ subject, username, groups = [] }: LocalUser, clientId: string = this.settings.clientId): string {
    const authTime = seconds() - MINUTE;
    const exp = seconds() + 15 * MINUTE;
    return this.pool.accessToken({ issuer: this.settings.issuer, clientId, subject, username, groups, authTime, exp });
  }

  private answer(url: string): Answer {
    if (url === this.settings.jwksUrl) return { status: 200, body: this.pool.jwks() };
    if (url === `${this.settings.albPublicKeysUrl}/${this.signer.kid}`) {
      return { status: 200, body: this.signer.publicKeyPem };
    }
    return { status: 403, body: 'AccessDenied' };
  }
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
