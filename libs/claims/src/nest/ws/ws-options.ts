import { ClaimsError } from '../../error.ts';

/** How WebSockets are let in, and for how long. */
export interface ClaimsWsOptions {
  /**
   * Origins whose pages may open a WebSocket, as a browser writes them: `https://app.example.com`. Usually the one
   * public origin of the application. Cookies go with a page's upgrade whatever its origin, and CORS does not apply;
   * so without this check any site could talk as its visitor.
   */
  readonly allowedOrigins: readonly string[];
  /**
   * Seconds after which a connection is closed at the latest. The session timeout of the load balancer fits: it looks
   * at a WebSocket at the upgrade only, so nobody else would notice that the session is over.
   * @default null (the access token's expiry alone decides)
   */
  readonly maxAgeSeconds?: number | null;
  /**
   * How often `isEnded` is asked about a connection besides at each of its messages, in seconds. Null is never: then a
   * connection that only listens outlives a sign-out until its access token expires.
   * @default 30
   */
  readonly pollSeconds?: number | null;
}

/** Options that were checked, with their defaults filled in. */
export type CheckedWsOptions = Required<ClaimsWsOptions>;

/** As long as the longest access token of Cognito, a day; far below what a timer can hold (2^31 ms). */
const MAX_SECONDS = 86_400;

/**
 * Checks options at creation: an adapter that lets pages of any origin in must not exist.
 *
 * @throws {ClaimsError} `CONFIGURATION_INVALID`, whose message names the option and shows a right value
 */
export function checkWsOptions(options: ClaimsWsOptions): CheckedWsOptions {
  return {
    allowedOrigins: origins(options.allowedOrigins),
    maxAgeSeconds: seconds('maxAgeSeconds', options.maxAgeSeconds ?? null),
    pollSeconds: seconds('pollSeconds', options.pollSeconds === undefined ? 30 : options.pollSeconds),
  };
}

function origins(value: unknown): readonly string[] {
  const listed: readonly unknown[] = Array.isArray(value) ? value : [];
  if (listed.length === 0 || !listed.every(isOrigin)) {
    throw invalid(
      'allowedOrigins',
      'is not a list of https origins (lower case, no default port, no slash at the end)',
      "['https://app.example.com']",
    );
  }
  return [...listed];
}

/** Exactly as a browser writes it, because it is compared with the `Origin` header character by character. */
function isOrigin(value: unknown): value is string {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { origin, protocol } = new URL(value);
  return protocol === 'https:' && origin === value;
}

function seconds(name: string, value: unknown): number | null {
  if (value === null) return null;
  if (typeof value !== 'number' || !(value > 0) || value > MAX_SECONDS) {
    throw invalid(name, `is neither null nor a number of seconds up to ${MAX_SECONDS}`, '3600');
  }
  return value;
}

function invalid(option: string, reason: string, example: string): ClaimsError {
  return new ClaimsError(
    'CONFIGURATION_INVALID',
    `${option} of ClaimsWsAdapter ${reason}; a right value looks like ${example}`,
  );
}
