/** How a target group looks after its targets. The defaults are AWS's. */
export interface TargetGroupSettings {
  /** @default see {@link defaultHealthCheck} */
  readonly healthCheck: HealthCheckSettings;
  /** How long a target that is deregistered may finish its requests. @default 300 */
  readonly deregistrationDelaySeconds: number;
  /** @default 'round_robin' */
  readonly algorithm: 'round_robin' | 'least_outstanding_requests';
  /** How long a client stays with a target: 1 to 604800. @default not at all */
  readonly stickinessSeconds?: number;
}

/** Source: target-group-health-checks.html, "Health check settings". */
export interface HealthCheckSettings {
  /** @default '/' */
  readonly path: string;
  /** @default 30 */
  readonly intervalSeconds: number;
  /** @default 5 */
  readonly timeoutSeconds: number;
  /** Good checks in a row that make an unhealthy target healthy. @default 5 */
  readonly healthyThreshold: number;
  /** @default 2 */
  readonly unhealthyThreshold: number;
  /** Statuses: `200`, `200,204`, `200-299`. @default '200' */
  readonly matcher: string;
}

export const defaultHealthCheck: HealthCheckSettings = {
  path: '/',
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
  matcher: '200',
};

export const defaultTargetGroupSettings: TargetGroupSettings = {
  healthCheck: defaultHealthCheck,
  deregistrationDelaySeconds: 300,
  algorithm: 'round_robin',
};

/** Whether a matcher takes a status. */
export function matchesStatus(matcher: string, status: number): boolean {
  return matcher.split(',').some((part) => {
    const [from = '', to = from] = part.trim().split('-');
    return Number(from) <= status && status <= Number(to);
  });
}
