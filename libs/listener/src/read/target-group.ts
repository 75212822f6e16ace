import { z } from 'zod';
import { ListenerError } from '../errors.ts';
import { type TargetGroup } from '../model.ts';
import { integer, literal, parse, reference, unread } from './field.ts';
import { arnOf } from './links.ts';
import { type TerraformResource } from './terraform-json.ts';

/** Source: `aws_lb_target_group` of the AWS provider 5.100. */
const body = z.strictObject({
  name: reference.optional(),
  port: integer(1, 65_535),
  protocol: z.enum(['HTTP', 'HTTPS']),
  protocol_version: literal.optional(),
  target_type: literal.optional(),
  ...unread('arn', 'id', 'region', 'name_prefix', 'tags', 'tags_all', 'vpc_id', 'ip_address_type'),
  ...unread('health_check', 'stickiness', 'slow_start', 'deregistration_delay', 'connection_termination'),
  ...unread('load_balancing_algorithm_type', 'load_balancing_anomaly_mitigation', 'load_balancing_cross_zone_enabled'),
  ...unread('arn_suffix', 'load_balancer_arns'),
  ...unread('preserve_client_ip', 'proxy_protocol_v2', 'lambda_multi_value_headers_enabled'),
  ...unread('target_failover', 'target_group_health', 'target_health_state'),
});

/** @throws ListenerError `INVALID_FIELD`, `UNKNOWN_FIELD`, `UNRESOLVED_VALUE`, `UNSUPPORTED_FEATURE` */
export function readTargetGroup(resource: TerraformResource): TargetGroup {
  if (resource.body['target_type'] === 'lambda') {
    throw unsupported(resource, 'target_type', 'Its target is a Lambda function');
  }
  const read = parse(body, resource.body, resource);
  if (read.protocol_version !== undefined && read.protocol_version !== 'HTTP1') {
    throw unsupported(resource, 'protocol_version', `Its targets speak ${read.protocol_version}`);
  }
  return {
    address: resource.address,
    arn: arnOf(resource),
    name: read.name ?? `\${${resource.address}.name}`,
    port: read.port,
    protocol: read.protocol,
  };
}

function unsupported(resource: TerraformResource, field: string, what: string): ListenerError {
  return new ListenerError('UNSUPPORTED_FEATURE', resource.address, {
    field,
    what,
    why: 'Only targets that speak HTTP/1.1 are known here, and a request would be handed on differently',
    mend: 'Use a target group of HTTP/1.1 targets, or read the stack without it',
  });
}
