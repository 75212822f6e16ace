import { type SigningKey } from './alb-keys.ts';
import { mintOidcData, type OidcDataContent, oidcDataLifetimeSeconds } from './oidc-data.ts';

type Content = Omit<OidcDataContent, 'expiresAt'>;

interface Minted extends Content {
  readonly key: SigningKey;
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Mints data tokens, anew for each request or, on demand, once in a while: AWS does not document which.
 *
 * Times in a token are whole seconds, so that two of the same session and second say the same and differ in the random
 * part of the signature alone. The second is therefore the first one again, or each request would cost a signature.
 */
export class DataTokens {
  /** By the claims of a session, and gone with them. */
  readonly #minted = new WeakMap<object, Minted>();
  readonly #reuseSeconds: number;

  /** @param reuseSeconds 0 for never; capped to leave every token ten seconds of life */
  constructor(reuseSeconds: number) {
    this.#reuseSeconds = Math.min(reuseSeconds, oidcDataLifetimeSeconds - 10);
  }

  /** @param now milliseconds since the epoch */
  mint(content: Content, key: SigningKey, now: number): string {
    const known = this.#minted.get(content.claims);
    if (known !== undefined && this.#holds(known, now) && known.key === key && sameContent(known, content)) {
      return known.token;
    }
    const expiresAt = Math.floor(now / 1000) + oidcDataLifetimeSeconds;
    const token = mintOidcData({ ...content, expiresAt }, key);
    this.#minted.set(content.claims, { ...content, key, token, at: now });
    return token;
  }

  #holds({ at }: Minted, now: number): boolean {
    const sameSecond = Math.floor(at / 1000) === Math.floor(now / 1000);
    return sameSecond || (at <= now && now < at + this.#reuseSeconds * 1000);
  }
}

/** Beside the claims: rules may have other clients and user pools. */
function sameContent(one: Content, other: Content): boolean {
  return one.issuer === other.issuer && one.client === other.client && one.signer === other.signer;
}
