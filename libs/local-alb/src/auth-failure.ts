/**
 * Why an authentication did not succeed, in the words of AWS's access log.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
 * ("Error reason codes"); the two about the nonce are in AWS's knowledge centre (elb-configure-authentication-alb).
 */
export type AuthErrorReason = keyof typeof statusOf;

/**
 * The status of the answer. 401: the user, the cookie or the login is at fault; 500: the identity provider is out of reach or
 * says too much; 561: it answered with an error. Source: load-balancer-troubleshooting.html.
 */
const statusOf = {
  AuthInvalidCookie: 401,
  AuthInvalidAWSALBAuthNonce: 401,
  AuthMissingAWSALBAuthNonce: 401,
  AuthInvalidStateParam: 401,
  AuthMissingStateParam: 401,
  AuthMissingCodeParam: 401,
  AuthInvalidGrantError: 401,
  AuthInvalidIdToken: 401,
  AuthInvalidTokenResponse: 561,
  AuthInvalidUserinfoResponse: 561,
  AuthTokenEpRequestFailed: 500,
  AuthTokenEpRequestTimeout: 500,
  AuthUserinfoEpRequestFailed: 500,
  AuthUserinfoEpRequestTimeout: 500,
  AuthUserinfoResponseSizeExceeded: 500,
  AuthUnhandledException: 500,
} as const;

/** Ends an authentication with an error page. Its message is for the log and holds nothing that a client sent. */
export class AuthFailure extends Error {
  override readonly name = 'AuthFailure';
  readonly status: number;

  /** Cookies that the error page sets. */
  readonly setCookies: readonly string[];

  constructor(
    /** Absent where AWS has no reason code: the login page itself reported an error, or the rule denies. */
    readonly reason: AuthErrorReason | undefined,
    message: string,
    options: { readonly status?: 401 | 561; readonly setCookies?: readonly string[] } = {},
  ) {
    super(message);
    this.setCookies = options.setCookies ?? [];
    this.status = options.status ?? (reason === undefined ? 401 : statusOf[reason]);
  }
}
