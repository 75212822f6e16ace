import { z } from 'zod';
import { ListenerError } from '../errors.ts';
import { type Listener, type Rule, type TargetGroup } from '../model.ts';
import { type ActionContext } from './action.ts';
import { readActions } from './actions.ts';
import { block, blocks, integer, literal, parse, type Place, reference, unread } from './field.ts';
import { arnOf } from './links.ts';
import { readRule } from './rule.ts';
import { type TerraformResource } from './terraform-json.ts';

/** The arguments that insert or rename response and request headers, and so change neither rule nor answer. */
const headerArguments = unread(
  'routing_http_request_x_amzn_mtls_clientcert_header_name',
  'routing_http_request_x_amzn_mtls_clientcert_issuer_header_name',
  'routing_http_request_x_amzn_mtls_clientcert_leaf_header_name',
  'routing_http_request_x_amzn_mtls_clientcert_serial_number_header_name',
  'routing_http_request_x_amzn_mtls_clientcert_subject_header_name',
  'routing_http_request_x_amzn_mtls_clientcert_validity_header_name',
  'routing_http_request_x_amzn_tls_cipher_suite_header_name',
  'routing_http_request_x_amzn_tls_version_header_name',
  'routing_http_response_access_control_allow_credentials_header_value',
  'routing_http_response_access_control_allow_headers_header_value',
  'routing_http_response_access_control_allow_methods_header_value',
  'routing_http_response_access_control_allow_origin_header_value',
  'routing_http_response_access_control_expose_headers_header_value',
  'routing_http_response_access_control_max_age_header_value',
  'routing_http_response_content_security_policy_header_value',
  'routing_http_response_server_enabled',
  'routing_http_response_strict_transport_security_header_value',
  'routing_http_response_x_content_type_options_header_value',
  'routing_http_response_x_frame_options_header_value',
);

/** Source: `aws_lb_listener` of the AWS provider 5.100: HTTP is an application listener's default protocol. */
const body = z.strictObject({
  load_balancer_arn: reference,
  port: integer(1, 65_535),
  protocol: z.enum(['HTTP', 'HTTPS']).default('HTTP'),
  default_action: blocks(z.unknown()),
  mutual_authentication: block(z.looseObject({ mode: literal })).optional(),
  ...unread('arn', 'id', 'region', 'tags', 'tags_all', 'timeouts', 'certificate_arn', 'ssl_policy'),
  ...unread('alpn_policy', 'tcp_idle_timeout_seconds'),
  ...headerArguments,
});

/**
 * A listener and its rules, in the order of evaluation.
 *
 * @throws ListenerError what is wrong with the listener or one of its rules
 */
export function readListener(
  resource: TerraformResource,
  ruleResources: readonly TerraformResource[],
  findTargetGroup: (value: string, place: Place) => TargetGroup,
): Listener {
  const read = parse(body, resource.body, resource);
  const mode = read.mutual_authentication?.mode ?? 'off';
  if (mode !== 'off') {
    throw new ListenerError('UNSUPPORTED_FEATURE', resource.address, {
      field: 'mutual_authentication.mode',
      what: `Mutual TLS is "${mode}"`,
      why: 'A client certificate then decides who is let in, which is not read yet',
      mend: 'Switch it off, or read the stack without this listener',
    });
  }
  const context: ActionContext = { protocol: read.protocol, findTargetGroup };
  const rules = ruleResources
    .map((rule) => readRule(rule, context))
    .sort((one, other) => Number(one.priority) - Number(other.priority));
  refuseSamePriority(rules);
  const defaultRule: Rule = {
    address: resource.address,
    priority: 'default',
    conditions: [],
    actions: readActions(read.default_action, 'default_action', context, resource.address),
  };
  return {
    address: resource.address,
    arn: arnOf(resource),
    port: read.port,
    protocol: read.protocol,
    rules: [...rules, defaultRule],
  };
}

function refuseSamePriority(sorted: readonly Rule[]): void {
  for (const [index, rule] of sorted.entries()) {
    const previous = sorted[index - 1];
    if (previous?.priority === rule.priority) {
      throw new ListenerError('DUPLICATE_PRIORITY', rule.address, {
        field: 'priority',
        what: `Its priority ${rule.priority} is also that of ${previous.address}`,
        why: 'AWS refuses it: which of the two is tried first would not be certain',
        mend: 'Give each rule of a listener a priority of its own',
      });
    }
  }
}
