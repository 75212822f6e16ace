import { z } from 'zod';
import { type FunctionTargetGroup, type HealthCheck, type ServerTargetGroup, type TargetGroup } from '../model.ts';
import { block, flag, integer, isUnresolved, literal, parse, reference, unread } from './field.ts';
import { arnOf } from './links.ts';
import { type TerraformResource } from './terraform-json.ts';

/**
 * What does not decide about a request may be a reference: then it is as if it was not given.
 */
function known<T>(schema: z.ZodType<T>): z.ZodType<T | undefined> {
  return z.preprocess(
    (value) => (typeof value === 'string' && isUnresolved(value) ? undefined : value),
    schema.optional(),
  );
}

/** Where the target is asked, `port` and `protocol`, is not read: it runs elsewhere than on AWS. */
const healthCheck = z.strictObject({
  path: known(z.string()),
  interval: known(integer(5, 300)),
  timeout: known(integer(2, 120)),
  healthy_threshold: known(integer(2, 10)),
  unhealthy_threshold: known(integer(2, 10)),
  matcher: known(z.string()),
  enabled: known(flag),
  ...unread('port', 'protocol'),
});

/** A cookie of the application's own is not known here. */
const stickiness = z.strictObject({
  enabled: flag.default(true),
  type: literal.optional(),
  // A state has 0 where it is off.
  cookie_duration: known(integer(0, 604_800)),
  ...unread('cookie_name'),
});

/** Of both kinds. Source: `aws_lb_target_group` of the AWS provider 5.100. */
const common = {
  name: reference.optional(),
  ...unread('arn', 'id', 'region', 'name_prefix', 'tags', 'tags_all', 'vpc_id', 'ip_address_type'),
  health_check: block(healthCheck).optional(),
  stickiness: block(stickiness).optional(),
  deregistration_delay: known(integer(0, 3600)),
  load_balancing_algorithm_type: known(z.enum(['round_robin', 'least_outstanding_requests', 'weighted_random'])),
  ...unread('slow_start', 'connection_termination'),
  ...unread('load_balancing_anomaly_mitigation', 'load_balancing_cross_zone_enabled'),
  ...unread('arn_suffix', 'load_balancer_arns'),
  ...unread('preserve_client_ip', 'proxy_protocol_v2'),
  ...unread('target_failover', 'target_group_health', 'target_health_state'),
} as const;

const serverBody = z.strictObject({
  ...common,
  port: integer(1, 65_535),
  protocol: z.enum(['HTTP', 'HTTPS']),
  protocol_version: literal.pipe(z.enum(['HTTP1', 'HTTP2', 'GRPC'])).default('HTTP1'),
  target_type: literal.optional(),
  ...unread('lambda_multi_value_headers_enabled'),
});

/** A function has no port; what is said of one is kept by the provider and not by AWS. */
const functionBody = z.strictObject({
  ...common,
  target_type: z.literal('lambda'),
  lambda_multi_value_headers_enabled: flag.default(false),
  ...unread('port', 'protocol', 'protocol_version'),
});

/** @throws ListenerError `INVALID_FIELD`, `UNKNOWN_FIELD`, `UNRESOLVED_VALUE` */
export function readTargetGroup(resource: TerraformResource): TargetGroup {
  return resource.body['target_type'] === 'lambda' ? readFunctionGroup(resource) : readServerGroup(resource);
}

function readServerGroup(resource: TerraformResource): ServerTargetGroup {
  const read = parse(serverBody, resource.body, resource);
  const { health_check: check } = read;
  return {
    ...names(resource, read.name),
    port: read.port,
    protocol: read.protocol,
    ...(read.protocol_version === 'HTTP1' ? {} : { protocolVersion: read.protocol_version }),
    ...(check !== undefined && { healthCheck: readHealthCheck(check) }),
    ...settings(read),
  };
}

/** "If the target type is lambda, health checks are disabled by default": ELBv2 API, `CreateTargetGroup`. */
function readFunctionGroup(resource: TerraformResource): FunctionTargetGroup {
  const read = parse(functionBody, resource.body, resource);
  const { health_check: check } = read;
  return {
    ...names(resource, read.name),
    lambda: { multiValueHeaders: read.lambda_multi_value_headers_enabled },
    ...(check !== undefined && check.enabled !== false && { healthCheck: readHealthCheck(check) }),
  };
}

function names(resource: TerraformResource, name: string | undefined): Pick<TargetGroup, 'address' | 'arn' | 'name'> {
  return { address: resource.address, arn: arnOf(resource), name: name ?? `\${${resource.address}.name}` };
}

type Settings = 'deregistrationDelaySeconds' | 'algorithm' | 'stickinessSeconds';

function settings(read: z.output<typeof serverBody>): Pick<ServerTargetGroup, Settings> {
  const { deregistration_delay: delay, load_balancing_algorithm_type: algorithm } = read;
  return {
    ...(delay !== undefined && { deregistrationDelaySeconds: delay }),
    ...(algorithm !== undefined && { algorithm }),
    ...(read.stickiness?.enabled === true && read.stickiness.type === 'lb_cookie'
      ? { stickinessSeconds: read.stickiness.cookie_duration ?? dayInSeconds }
      : {}),
  };
}

/** Source: `aws_lb_target_group` of the AWS provider, `cookie_duration`: "defaults to 1 day". */
const dayInSeconds = 86_400;

function readHealthCheck(check: z.output<typeof healthCheck>): HealthCheck {
  const { path, interval, timeout, healthy_threshold: healthy, unhealthy_threshold: unhealthy, matcher } = check;
  return {
    ...(path !== undefined && { path }),
    ...(interval !== undefined && { intervalSeconds: interval }),
    ...(timeout !== undefined && { timeoutSeconds: timeout }),
    ...(healthy !== undefined && { healthyThreshold: healthy }),
    ...(unhealthy !== undefined && { unhealthyThreshold: unhealthy }),
    ...(matcher !== undefined && { matcher }),
  };
}
