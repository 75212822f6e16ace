/** The dimensions by which CloudWatch keeps the metrics of a load balancer: the ends of the two ARNs, as Terraform knows them. */
export interface Dimensions {
  readonly loadBalancer: string;
  readonly targetGroup: string;
}

/** Namespace of the metrics of Application Load Balancers. */
export const NAMESPACE = 'AWS/ApplicationELB';

/** A metric that something is wrong by (load-balancer-cloudwatch-metrics). */
export interface Watched {
  /** Ends the name of the alarm, and is its Terraform id. */
  readonly id: string;
  readonly title: string;
  readonly metric: string;
  /** True where CloudWatch keeps it by target group. */
  readonly ofTargets: boolean;
  readonly statistic: 'Sum' | 'Maximum' | 'p99';
  /** The alarm rings above this. */
  readonly threshold: number;
  readonly periodSeconds: number;
  /** So many periods in a row. */
  readonly periods: number;
  /** What it means and where to look, for the person who is woken. */
  readonly meaning: string;
}

/** What is watched, one metric each; the rate of failed logins is of two and has an alarm of its own. */
export function watched(latencySeconds: number): readonly Watched[] {
  const fiveMinutes = { periodSeconds: 300, periods: 1 };
  const sum = { ...fiveMinutes, statistic: 'Sum', ofTargets: false } as const;
  return [
    {
      ...sum,
      id: 'auth_error',
      title: 'Logins that an internal error stopped',
      metric: 'ELBAuthError',
      threshold: 0,
      meaning:
        'The load balancer could not finish a login: look at its way out to port 443, at the app client and its secret, ' +
        'and at error_reason in the access logs (AuthTokenEpRequestFailed and the like).',
    },
    {
      ...sum,
      id: 'elb_5xx',
      title: 'Server errors of the load balancer',
      metric: 'HTTPCode_ELB_5XX_Count',
      threshold: 5,
      meaning:
        '502 and 504 are targets that hang up or do not answer, 503 is no healthy target, 500 and 561 are logins.',
    },
    {
      ...sum,
      id: 'target_5xx',
      title: 'Server errors of the application',
      metric: 'HTTPCode_Target_5XX_Count',
      ofTargets: true,
      threshold: 5,
      meaning: 'The application answered 5xx itself: look at its log.',
    },
    {
      id: 'unhealthy_hosts',
      title: 'Unhealthy tasks',
      metric: 'UnHealthyHostCount',
      ofTargets: true,
      statistic: 'Maximum',
      threshold: 0,
      periodSeconds: 60,
      // A task that is being replaced may fail its first checks.
      periods: 5,
      meaning: 'A task is registered and does not answer /health/ready with 200.',
    },
    {
      id: 'latency',
      title: 'Slowest answers (p99)',
      metric: 'TargetResponseTime',
      ofTargets: true,
      statistic: 'p99',
      threshold: latencySeconds,
      periodSeconds: 300,
      periods: 3,
      meaning: 'One answer in a hundred takes longer than people were promised.',
    },
  ];
}
