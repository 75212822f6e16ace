import { z } from 'zod';
import { ListenerError } from '../errors.ts';
import { type Listener, type Rule } from '../model.ts';
import { type ActionContext } from './action.ts';
import { readActions } from './actions.ts';
import { readCertificate } from './certificate.ts';
import { block, blocks, integer, literal, parseKnown, reference, unread } from './field.ts';
import { type FindTargetGroup } from './forward.ts';
import { arnOf } from './links.ts';
import { type Problems } from './problems.ts';
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
  certificate_arn: reference.optional(),
  ssl_policy: reference.optional(),
  ...unread('arn', 'id', 'region', 'tags', 'tags_all', 'timeouts'),
  ...unread('alpn_policy', 'tcp_idle_timeout_seconds'),
  ...headerArguments,
});

/** What belongs to a listener: the resources that refer to it. */
export interface ListenerParts {
  readonly rules: readonly TerraformResource[];
  readonly certificates: readonly TerraformResource[];
}

/**
 * A listener and its rules, in the order of evaluation. What is wrong with it is a problem.
 *
 * @returns undefined where its port and protocol cannot be told
 */
export function readListener(
  resource: TerraformResource,
  parts: ListenerParts,
  findTargetGroup: FindTargetGroup,
  problems: Problems,
): Listener | undefined {
  const { address } = resource;
  const before = problems.all.length;
  const read = parseKnown(body, resource.body, resource, problems);
  if (read === undefined) return undefined;
  problems.attempt(() => refuseMutualTls(read.mutual_authentication?.mode ?? 'off', address));
  const unreadable = problems.since(before);
  const context: ActionContext = { protocol: read.protocol, findTargetGroup };
  const rules = parts.rules
    .map((rule) => readRule(rule, context, problems))
    .sort((one, other) => Number(one.priority) - Number(other.priority));
  problems.attempt(() => refuseSamePriority(rules));
  const certificates = [
    ...(read.certificate_arn === undefined ? [] : [{ address, arn: read.certificate_arn }]),
    ...parts.certificates.flatMap((part) => problems.attempt(() => readCertificate(part)) ?? []),
  ];
  return {
    address,
    arn: arnOf(resource),
    port: read.port,
    protocol: read.protocol,
    rules: [...rules, readDefaultRule(read.default_action, context, address, problems)],
    ...(certificates.length > 0 ? { certificates } : {}),
    ...(read.ssl_policy === undefined ? {} : { sslPolicy: read.ssl_policy }),
    ...(unreadable.length > 0 ? { unread: unreadable } : {}),
  };
}

function readDefaultRule(
  written: readonly unknown[],
  context: ActionContext,
  address: string,
  problems: Problems,
): Rule {
  const before = problems.all.length;
  const actions = problems.attempt(() => readActions(written, 'default_action', context, address));
  return {
    address,
    priority: 'default',
    conditions: [],
    actions: actions ?? [],
    ...(actions === undefined ? { unread: problems.since(before) } : {}),
  };
}

function refuseMutualTls(mode: string, address: string): void {
  if (mode === 'off') return;
  throw new ListenerError('UNSUPPORTED_FEATURE', address, {
    field: 'mutual_authentication.mode',
    what: `Mutual TLS is "${mode}"`,
    why: 'A client certificate then decides who is let in, which is not read yet',
    mend: 'Switch it off, or read the stack without this listener',
  });
}

function refuseSamePriority(sorted: readonly Rule[]): void {
  for (const [index, rule] of sorted.entries()) {
    const previous = sorted[index - 1];
    // Of a rule that could not be read no priority may be known.
    if (previous?.priority === rule.priority && rule.priority !== 0) {
      throw new ListenerError('DUPLICATE_PRIORITY', rule.address, {
        field: 'priority',
        what: `Its priority ${rule.priority} is also that of ${previous.address}`,
        why: 'AWS refuses it: which of the two is tried first would not be certain',
        mend: 'Give each rule of a listener a priority of its own',
      });
    }
  }
}
