/** What went wrong, as a stable name. Each is a row of `CATALOGUE`, of the README's table, and of a test. */
export type ClaimsErrorCode = keyof typeof CATALOGUE;

interface Entry {
  /** The HTTP status that an application answers with. */
  readonly status: 401 | 403 | 503;
  /** What happened and why it matters. */
  readonly what: string;
  /** What to do about it. */
  readonly mend: string;
}

const DIRECT = 'Reach the application through the load balancer, over a rule that authenticates.';
const SETTINGS = "Compare the application's settings with the outputs of the stack that made the load balancer.";
const CLOCK = 'Sign in again; if it goes on, compare the clock of this machine with real time.';
const FORGED = 'Nothing needs mending if it was forged; if not, something between the signer and here rewrites it.';

/** Every error of this library: `status` for the client, `what` and `mend` for the log. */
export const CATALOGUE = {
  CONFIGURATION_INVALID: {
    status: 503,
    what: 'A setting is missing or malformed, so nothing can be verified',
    mend: 'Set it as shown; the process must not start without it.',
  },
  DATA_MISSING: {
    status: 401,
    what: 'The request carries nothing that the load balancer signed (x-amzn-oidc-data)',
    mend: DIRECT,
  },
  IDENTITY_MISSING: { status: 401, what: 'The request has x-amzn-oidc-data but no x-amzn-oidc-identity', mend: DIRECT },
  ACCESS_TOKEN_MISSING: {
    status: 401,
    what: 'The request has x-amzn-oidc-data but no x-amzn-oidc-accesstoken, the only source of groups',
    mend: DIRECT,
  },
  HEADER_DUPLICATE: {
    status: 401,
    what: 'A credential header came more than once, so which one counts is in the eye of the reader',
    mend: 'Let nothing in front of the application add these headers a second time.',
  },
  HEADER_LOOKALIKE: {
    status: 401,
    what: 'A header is spelt almost like one of the load balancer (such as x_amzn_oidc_data), which some servers merge',
    mend: 'Turn on drop_invalid_header_fields at the load balancer.',
  },
  TOKEN_MALFORMED: { status: 401, what: 'x-amzn-oidc-data is not a token as a load balancer writes it', mend: FORGED },
  ALGORITHM_UNEXPECTED: { status: 401, what: 'x-amzn-oidc-data is not signed with ES256', mend: FORGED },
  KID_MALFORMED: { status: 401, what: 'The key id of x-amzn-oidc-data is not a lower-case UUID', mend: FORGED },
  SIGNER_MISMATCH: {
    status: 401,
    what: 'x-amzn-oidc-data was signed for another load balancer; keys are shared by all of a region',
    mend: `${SETTINGS} (albArn)`,
  },
  CLIENT_MISMATCH: { status: 401, what: 'x-amzn-oidc-data is for another app client', mend: `${SETTINGS} (clientId)` },
  ISSUER_MISMATCH: { status: 401, what: 'x-amzn-oidc-data is from another issuer', mend: `${SETTINGS} (issuer)` },
  EXPIRY_MISMATCH: {
    status: 401,
    what: 'The header and the payload of x-amzn-oidc-data do not agree on one integer exp',
    mend: FORGED,
  },
  TOKEN_EXPIRED: { status: 401, what: 'x-amzn-oidc-data has expired', mend: CLOCK },
  SIGNATURE_INVALID: { status: 401, what: 'The signature of x-amzn-oidc-data does not verify', mend: FORGED },
  KEY_UNKNOWN: { status: 401, what: 'The key host does not know the key that x-amzn-oidc-data names', mend: FORGED },
  KEY_UNAVAILABLE: {
    status: 503,
    what: 'A public key could not be fetched, so it is not known whether the credential is good',
    mend: 'Check that the key host can be reached over TLS from here; keys already known go on working.',
  },
  ACCESS_TOKEN_INVALID: {
    status: 401,
    what: 'x-amzn-oidc-accesstoken is not an access token of this pool and app client',
    mend: `${SETTINGS} (issuer, clientId, jwksUrl)`,
  },
  ACCESS_TOKEN_EXPIRED: { status: 401, what: 'x-amzn-oidc-accesstoken has expired', mend: CLOCK },
  SESSION_ENDED: {
    status: 401,
    what: 'The application says that this session has ended, though its tokens are still good',
    mend: 'Sign in again.',
  },
  SUBJECT_MISMATCH: {
    status: 401,
    what: 'x-amzn-oidc-data, x-amzn-oidc-identity and x-amzn-oidc-accesstoken speak of different users',
    mend: FORGED,
  },
  CUSTOM_CLAIMS_INVALID: {
    status: 403,
    what: "The user is who they say, but their custom claims are not what the application's schema asks for",
    mend: "Compare the user's custom attributes, and what the app client may read of them, with the schema.",
  },
  BEARER_REFUSED: {
    status: 401,
    what: 'A bearer token came, and this application accepts none',
    mend: 'Name the app clients whose tokens are accepted in bearerClientIds.',
  },
  BEARER_MALFORMED: {
    status: 401,
    what: 'The Authorization header is not "Bearer <token>"',
    mend: 'Send the access token of Cognito as RFC 6750, section 2.1, says.',
  },
  BEARER_INVALID: {
    status: 401,
    what: 'The bearer token is not an access token of this pool and of an accepted app client',
    mend: `${SETTINGS} (issuer, bearerClientIds, jwksUrl)`,
  },
  BEARER_EXPIRED: { status: 401, what: 'The bearer token has expired', mend: 'Fetch a new one from the pool.' },
  GROUP_REQUIRED: {
    status: 403,
    what: 'The user is in none of the groups that this route asks for',
    mend: 'Add the user to one of them in the user pool; it counts from the next access token on.',
  },
  SCOPE_REQUIRED: {
    status: 403,
    what: 'The access token lacks a scope that this route asks for',
    mend: 'Let the app client ask for that scope, and the pool allow it; it counts from the next access token on.',
  },
  ORIGIN_REFUSED: {
    status: 403,
    what: 'A page of another origin, or of none, wants to open a WebSocket with the cookies of a signed-in user',
    mend: 'Add the origin of your own pages, as a browser writes it, to allowedOrigins of ClaimsWsAdapter.',
  },
} as const satisfies Record<string, Entry>;

/**
 * The one error of this library. Its message is for the log: it names what happened, why it matters and how to mend
 * it, and never holds any part of a credential. To a client, answer `status` and `code` alone.
 */
export class ClaimsError extends Error {
  override readonly name = 'ClaimsError';
  readonly status: 401 | 403 | 503;

  constructor(
    readonly code: ClaimsErrorCode,
    detail?: string,
    options?: ErrorOptions,
  ) {
    const entry: Entry = CATALOGUE[code];
    super(`${entry.what}${detail === undefined ? '' : `: ${detail}`}. ${entry.mend}`, options);
    this.status = entry.status;
  }
}
