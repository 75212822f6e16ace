import { type Switches } from './switches.ts';

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
  // Of `jwt-validation`. Those about the endpoint are named after what is reported ("JWKS"); their words are not known.
  JWTHeaderNotPresent: 401,
  JWTRequestFormatInvalid: 401,
  JWTSignatureValidationError: 401,
  JWTClaimNotPresent: 401,
  JWTClaimFormatInvalid: 401,
  JWTClaimValueInvalid: 401,
  JWKSRequestFailed: 500,
  JWKSRequestTimeout: 500,
  JWKSResponseInvalid: 500,
} as const;

/** Whether a bearer token was refused, or could not be checked. */
export function isTokenReason(reason: string): boolean {
  return reason.startsWith('JWT') || reason.startsWith('JWKS');
}

/** The status of the error page, where AWS is not clear by the switches. */
export function statusOfFailure({ reason, status }: AuthFailure, switches: Switches): number {
  if (reason === 'AuthUserinfoResponseSizeExceeded') return switches.oversizedClaims;
  if (reason === undefined || !isTokenReason(reason)) return status;
  return reason.startsWith('JWKS') ? switches.keySetOutOfReach : switches.invalidToken;
}

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
