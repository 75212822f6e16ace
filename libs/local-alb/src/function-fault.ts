/**
 * Why a request to a function failed, in the words of AWS's access log, and the metric that counts it: the function's
 * fault, or Lambda's and the load balancer's own.
 * Source: load-balancer-access-logs.html, "Error reason codes".
 */
const metricOf = {
  LambdaAccessDenied: 'LambdaUserError',
  LambdaBadRequest: 'LambdaUserError',
  LambdaConnectionError: 'LambdaInternalError',
  LambdaConnectionTimeout: 'LambdaInternalError',
  LambdaInvalidResponse: 'LambdaUserError',
  LambdaRequestTooLarge: 'LambdaUserError',
  LambdaResourceNotFound: 'LambdaUserError',
  LambdaResponseTooLarge: 'LambdaUserError',
  LambdaServiceException: 'LambdaInternalError',
  LambdaThrottling: 'LambdaUserError',
  LambdaUnhandled: 'LambdaUserError',
} as const;

export type FunctionErrorReason = keyof typeof metricOf;

export function isFunctionReason(reason: string): reason is FunctionErrorReason {
  return Object.hasOwn(metricOf, reason);
}

/** By its name in CloudWatch. */
export function functionMetric(reason: FunctionErrorReason): 'LambdaUserError' | 'LambdaInternalError' {
  return metricOf[reason];
}
