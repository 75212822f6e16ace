import { createHash } from 'node:crypto';

/** A file that is part of the program, so that one bundled file is all that has to be deployed. */
export interface Asset {
  readonly contentType: string;
  readonly body: string;
  /** Changes with the body. */
  readonly version: string;
  /**
   * Where pages find it. The version is in the query, because the load balancer lets exact paths pass without a login,
   * and its path conditions do not look at the query.
   */
  readonly href: string;
}

export function asset(path: string, contentType: string, body: string): Asset {
  const version = createHash('sha256').update(body).digest('base64url').slice(0, 12);
  return { contentType, body, version, href: `${path}?v=${version}` };
}

/**
 * How long an answer may be kept: for ever when the request named this very version, and to be asked about again each
 * time otherwise. While a deployment rolls out, a page of the new release may ask a task of the old one for its styles:
 * that answer must not stick.
 */
export function cacheControl({ version }: Pick<Asset, 'version'>, requested: unknown): string {
  return requested === version ? 'public, max-age=31536000, immutable' : 'public, no-cache';
}
