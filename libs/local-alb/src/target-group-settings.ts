import { type HealthCheck, type TargetGroup } from '@gatehouse/listener';

/** How a target group looks after its targets. */
export interface TargetGroupSettings {
  readonly healthCheck: HealthCheckSettings;
  /** How long a target that is deregistered may finish its requests. */
  readonly deregistrationDelaySeconds: number;
  readonly algorithm: NonNullable<TargetGroup['algorithm']>;
  /** How long a client stays with a target. Absent: not at all. */
  readonly stickinessSeconds?: number;
}

export type HealthCheckSettings = Required<HealthCheck>;

/** Source: target-group-health-checks.html, "Health check settings". */
export const defaultHealthCheck: HealthCheckSettings = {
  path: '/',
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
  matcher: '200',
};

/** Source: ELBv2 API, `CreateTargetGroup` and `Matcher`, "If the protocol version is GRPC": 12 is "unimplemented". */
export const defaultGrpcHealthCheck: HealthCheckSettings = {
  ...defaultHealthCheck,
  path: '/AWS.ALB/healthcheck',
  matcher: '12',
};

/** Source: ELBv2 API, `CreateTargetGroup`, "If the target type is lambda". */
export const defaultFunctionHealthCheck: HealthCheckSettings = {
  ...defaultHealthCheck,
  intervalSeconds: 35,
  timeoutSeconds: 30,
};

const known = new WeakMap<TargetGroup, TargetGroupSettings>();

/** What a target group says, and what AWS does where it says nothing. */
export function settingsOf(targetGroup: TargetGroup): TargetGroupSettings {
  let settings = known.get(targetGroup);
  if (settings === undefined) {
    settings = readSettings(targetGroup);
    known.set(targetGroup, settings);
  }
  return settings;
}

function readSettings(targetGroup: TargetGroup): TargetGroupSettings {
  const { healthCheck, stickinessSeconds } = targetGroup;
  // A function's is none: lambda-functions.html, "Deregister the Lambda function".
  const { deregistrationDelaySeconds = targetGroup.lambda === undefined ? 300 : 0, algorithm = 'round_robin' } =
    targetGroup;
  return {
    healthCheck: { ...defaultsOf(targetGroup), ...healthCheck },
    deregistrationDelaySeconds,
    algorithm,
    ...(stickinessSeconds === undefined ? {} : { stickinessSeconds }),
  };
}

function defaultsOf({ lambda, protocolVersion }: TargetGroup): HealthCheckSettings {
  if (lambda !== undefined) return defaultFunctionHealthCheck;
  return protocolVersion === 'GRPC' ? defaultGrpcHealthCheck : defaultHealthCheck;
}

/** Whether a matcher takes a status, of HTTP or of gRPC. */
export function matchesStatus(matcher: string, status: number): boolean {
  return matcher.split(',').some((part) => {
    const [from = '', to = from] = part.trim().split('-');
    return Number(from) <= status && status <= Number(to);
  });
}
