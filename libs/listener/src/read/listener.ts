import { z } from 'zod';
import { ListenerError } from '../errors.ts';
import { type Listener, type Rule } from '../model.ts';
import { type ActionContext } from './action.ts';
import { readActions } from './actions.ts';
import { readCertificate } from './certificate.ts';
import { block, blocks, integer, literal, parseKnown, reference, unread } from './field.ts';
import { type FindTargetGroup } from './forward.ts';
import { headerArguments, readHeaderModification } from './header-modification.ts';
import { arnOf } from './links.ts';
import { type Problems } from './problems.ts';
import { readRule } from './rule.ts';
import { type TerraformResource } from './terraform-json.ts';

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
  ...unread(...headerArguments),
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
  // What is wrong with it is reported, and leaves the rules as certain as they are.
  const headerModification = problems.attempt(() => readHeaderModification(resource));
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
    ...(headerModification === undefined ? {} : { headerModification }),
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
