import { z } from 'zod';
import { ListenerError } from '../errors.ts';
import { type LoadBalancerAttributes } from '../model.ts';
import { flag, integer, isUnresolved, literal, parseKnown, reference, unread } from './field.ts';
import { type Problems } from './problems.ts';
import { type TerraformResource } from './terraform-json.ts';

/** Source: `aws_lb` of the AWS provider 5.100. */
const body = z.strictObject({
  name: reference.optional(),
  name_prefix: reference.optional(),
  load_balancer_type: literal.optional(),
  idle_timeout: integer(1, 4000).default(60),
  drop_invalid_header_fields: flag.default(false),
  xff_header_processing_mode: z.enum(['append', 'preserve', 'remove']).default('append'),
  preserve_host_header: flag.default(false),
  desync_mitigation_mode: z.enum(['monitor', 'defensive', 'strictest']).default('defensive'),
  enable_xff_client_port: flag.default(false),
  enable_waf_fail_open: flag.default(false),
  enable_tls_version_and_cipher_suite_headers: flag.default(false),
  ...unread('arn', 'id', 'region', 'tags', 'tags_all', 'timeouts', 'arn_suffix', 'dns_name', 'vpc_id', 'zone_id'),
  ...unread('subnets', 'subnet_mapping', 'security_groups', 'internal', 'ip_address_type', 'customer_owned_ipv4_pool'),
  ...unread('access_logs', 'connection_logs', 'ipam_pools', 'minimum_load_balancer_capacity'),
  ...unread('client_keep_alive', 'dns_record_client_routing_policy'),
  ...unread('enable_cross_zone_load_balancing', 'enable_deletion_protection', 'enable_http2', 'enable_zonal_shift'),
  ...unread('enforce_security_group_inbound_rules_on_private_link_traffic'),
});

/** What the load balancer says about itself; its listeners and target groups are read from their own resources. */
export interface LoadBalancerBody {
  readonly name: string;
  readonly attributes: LoadBalancerAttributes;
}

/** What is wrong with it is a problem; what cannot be read has its default. */
export function readLoadBalancer(resource: TerraformResource, problems: Problems): LoadBalancerBody {
  problems.attempt(() => refuseOtherTypes(resource));
  const read = parseKnown(body, resource.body, resource, problems) ?? body.parse({});
  return {
    name: read.name ?? `\${${resource.address}.name}`,
    attributes: {
      idleTimeoutSeconds: read.idle_timeout,
      dropInvalidHeaderFields: read.drop_invalid_header_fields,
      xffHeaderProcessing: read.xff_header_processing_mode,
      preserveHostHeader: read.preserve_host_header,
      desyncMitigation: read.desync_mitigation_mode,
      xffClientPort: read.enable_xff_client_port,
      wafFailOpen: read.enable_waf_fail_open,
      tlsVersionAndCipherSuite: read.enable_tls_version_and_cipher_suite_headers,
    },
  };
}

function refuseOtherTypes(resource: TerraformResource): void {
  const type = resource.body['load_balancer_type'];
  if (typeof type !== 'string' || type === 'application' || isUnresolved(type)) return;
  throw new ListenerError('UNSUPPORTED_FEATURE', resource.address, {
    field: 'load_balancer_type',
    what: `It is a "${type}" load balancer`,
    why: 'Only an Application Load Balancer has rules and authentication',
    mend: 'Read the stack without it',
  });
}
