import { createHash } from 'node:crypto';

import { type SigningKey } from './alb-keys.ts';
import { mintOidcData, type OidcDataContent, oidcDataLifetimeSeconds } from './oidc-data.ts';

/** So many users at once are remembered; one more and the oldest is forgotten. */
const maximumRemembered = 1000;

/** Mints data tokens, anew for each request or, on demand, once in a while: AWS does not document which. */
export class DataTokens {
  readonly #remembered = new Map<string, { readonly token: string; readonly until: number }>();
  readonly #reuseSeconds: number;

  /** @param reuseSeconds 0 for never; capped to leave every token ten seconds of life */
  constructor(reuseSeconds: number) {
    this.#reuseSeconds = Math.min(reuseSeconds, oidcDataLifetimeSeconds - 10);
  }

  /** @param now milliseconds since the epoch */
  mint(content: Omit<OidcDataContent, 'expiresAt'>, key: SigningKey, now: number): string {
    const expiresAt = Math.floor(now / 1000) + oidcDataLifetimeSeconds;
    if (this.#reuseSeconds <= 0) return mintOidcData({ ...content, expiresAt }, key);
    const name = createHash('sha256')
      .update(JSON.stringify([key.kid, content.issuer, content.client, content.signer, content.claims]))
      .digest('base64');
    const known = this.#remembered.get(name);
    if (known !== undefined && now < known.until) return known.token;
    const token = mintOidcData({ ...content, expiresAt }, key);
    this.#remembered.delete(name);
    this.#remembered.set(name, { token, until: now + this.#reuseSeconds * 1000 });
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > maximumRemembered && oldest !== undefined) this.#remembered.delete(oldest);
    return token;
  }
}
