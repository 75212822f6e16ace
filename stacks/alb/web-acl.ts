import { type Lb } from '@cdktf/provider-aws/lib/lb/index.js';
import { Wafv2WebAcl, type Wafv2WebAclRule } from '@cdktf/provider-aws/lib/wafv2-web-acl/index.js';
import { Wafv2WebAclAssociation } from '@cdktf/provider-aws/lib/wafv2-web-acl-association/index.js';

import { type GatehouseStack } from '../gatehouse-stack.ts';
import { nameOf } from '../names.ts';
import { pin } from '../pin.ts';

/**
 * Rules of AWS that would stop a login, so they only count. The load balancer's session is up to four cookies of 4 KB,
 * and the rule refuses cookies over 10,240 bytes; the callback brings an encrypted state, and the rule refuses queries
 * over 2,048 bytes (WAF guide, "Core rule set").
 */
const COUNTED = ['SizeRestrictions_Cookie_HEADER', 'SizeRestrictions_QUERYSTRING'];

const MANAGED = [
  { name: 'AWSManagedRulesAmazonIpReputationList', counted: [] },
  { name: 'AWSManagedRulesCommonRuleSet', counted: COUNTED },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet', counted: [] },
] as const;

/** Puts a WAF web ACL before the load balancer, where the environment has one. */
export function guardWithWebAcl(stack: GatehouseStack, loadBalancer: Lb): void {
  const { name, loadBalancer: settings } = stack.environment;
  if (!settings.webAcl) return;
  const acl = pin(
    new Wafv2WebAcl(stack, 'web-acl', {
      name: nameOf(name, 'webAcl'),
      description: 'What reaches the load balancer of Gatehouse',
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      rule: [rateLimit(settings.webAcl.requestsPerFiveMinutes), ...MANAGED.map(managed)],
      visibilityConfig: visibility(nameOf(name, 'webAcl')),
    }),
    'alb',
  );
  pin(
    new Wafv2WebAclAssociation(stack, 'web-acl-association', { resourceArn: loadBalancer.arn, webAclArn: acl.arn }),
    'alb',
  );
}

// CDKTF writes `statement` out as it is given, hence the provider's own spelling inside.
function rateLimit(limit: number): Wafv2WebAclRule {
  return {
    name: 'rate-limit',
    priority: 0,
    action: { block: {} },
    statement: { rate_based_statement: { limit, aggregate_key_type: 'IP' } },
    visibilityConfig: visibility('rate-limit'),
  };
}

function managed({ name, counted }: (typeof MANAGED)[number], index: number): Wafv2WebAclRule {
  return {
    name,
    priority: index + 1,
    overrideAction: { none: {} },
    statement: {
      managed_rule_group_statement: {
        vendor_name: 'AWS',
        name,
        ...(counted.length > 0
          ? { rule_action_override: counted.map((rule) => ({ name: rule, action_to_use: { count: {} } })) }
          : {}),
      },
    },
    visibilityConfig: visibility(name),
  };
}

function visibility(metricName: string): Wafv2WebAclRule['visibilityConfig'] {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
