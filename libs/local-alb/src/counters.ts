import { type AccessEntry } from './access-log.ts';
import { type AuthErrorReason, isTokenReason } from './auth-failure.ts';
import { functionMetric, isFunctionReason } from './function-fault.ts';

/** The counts of a load balancer since it started, by their names in CloudWatch. */
export type Counts = Readonly<Record<string, number>>;

/** What a request adds besides what its entry says. */
export interface CountedExtras {
  readonly rulesEvaluated: number;
  readonly droppedInvalidHeader: boolean;
  readonly loginSucceeded: boolean;
  /** Of the identity provider's endpoints; milliseconds. */
  readonly loginMilliseconds?: number | undefined;
  readonly refreshed: boolean;
  /** By `jwt-validation`. */
  readonly tokenValid: boolean;
  /** Of the bodies to and from a function. */
  readonly functionBytes?: number | undefined;
  /** Nobody listened, or it hung up before it answered. */
  readonly targetConnectionFailed: boolean;
}

/** Source: load-balancer-cloudwatch-metrics.html. Times are sums, in the unit of CloudWatch. */
export class Counters {
  readonly #counts = new Map<string, number>();

  count(entry: AccessEntry, extras: CountedExtras): void {
    this.#add('RequestCount', 1);
    if (entry.type === 'grpcs') this.#add('GrpcRequestCount', 1);
    this.#add('ProcessedBytes', entry.receivedBytes + entry.sentBytes);
    this.#add('RuleEvaluations', extras.rulesEvaluated);
    this.#countStatus(entry);
    if (entry.actions.includes('redirect')) this.#add('HTTP_Redirect_Count', 1);
    if (entry.actions.includes('fixed-response')) this.#add('HTTP_Fixed_Response_Count', 1);
    if (entry.classification !== undefined) this.#add('DesyncMitigationMode_NonCompliant_Request_Count', 1);
    if (extras.droppedInvalidHeader) this.#add('DroppedInvalidHeaderRequestCount', 1);
    if (extras.targetConnectionFailed) this.#add('TargetConnectionErrorCount', 1);
    if (entry.targetProcessing !== undefined) this.#add('TargetResponseTime', entry.targetProcessing / 1000);
    if (extras.loginSucceeded) this.#add('ELBAuthSuccess', 1);
    if (extras.refreshed) this.#add('ELBAuthRefreshTokenSuccess', 1);
    if (extras.loginMilliseconds !== undefined) this.#add('ELBAuthLatency', extras.loginMilliseconds);
    if (extras.tokenValid) this.#add('JWTValidationSuccessCount', 1);
    const { errorReason: reason } = entry;
    if (reason !== undefined && reason !== 'WAFRuleBlocked') {
      this.#add(isFunctionReason(reason) ? functionMetric(reason) : authMetric(reason), 1);
    }
    if (extras.functionBytes !== undefined) this.#add('LambdaTargetProcessedBytes', extras.functionBytes);
  }

  /** A new connection of a client. */
  connected(): void {
    this.#add('NewConnectionCount', 1);
    this.#add('ActiveConnectionCount', 1);
  }

  /** It has ended. */
  disconnected(): void {
    this.#add('ActiveConnectionCount', -1);
  }

  /** A handshake that failed. */
  handshakeFailed(): void {
    this.#add('ClientTLSNegotiationErrorCount', 1);
  }

  get counts(): Counts {
    return Object.fromEntries([...this.#counts].sort(([left], [right]) => (left < right ? -1 : 1)));
  }

  #countStatus({ status, targetStatus }: AccessEntry): void {
    // A status of the target is the target's; CloudWatch counts it there alone.
    if (targetStatus !== undefined && targetStatus === status) {
      this.#add(`HTTPCode_Target_${Math.floor(targetStatus / 100)}XX_Count`, 1);
      return;
    }
    const hundred = Math.floor(status / 100);
    if (hundred < 3) return;
    this.#add(`HTTPCode_ELB_${hundred}XX_Count`, 1);
    if ([500, 502, 503, 504].includes(status)) this.#add(`HTTPCode_ELB_${status}_Count`, 1);
  }

  #add(name: string, value: number): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + value);
  }
}

const errors: ReadonlySet<AuthErrorReason> = new Set<AuthErrorReason>([
  'AuthTokenEpRequestFailed',
  'AuthTokenEpRequestTimeout',
  'AuthUnhandledException',
  'AuthUserinfoEpRequestFailed',
  'AuthUserinfoEpRequestTimeout',
]);

/** Source: load-balancer-access-logs.html, "Error reason codes". Those about the nonce are not in its table. */
export function authMetric(
  reason: AuthErrorReason,
): 'ELBAuthError' | 'ELBAuthFailure' | 'ELBAuthUserClaimsSizeExceeded' | 'JWTValidationFailureCount' {
  if (isTokenReason(reason)) return 'JWTValidationFailureCount';
  if (reason === 'AuthUserinfoResponseSizeExceeded') return 'ELBAuthUserClaimsSizeExceeded';
  return errors.has(reason) ? 'ELBAuthError' : 'ELBAuthFailure';
}
