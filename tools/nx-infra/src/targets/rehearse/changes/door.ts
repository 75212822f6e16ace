import {
  DescribeRulesCommand,
  ModifyListenerCommand,
  ModifyLoadBalancerAttributesCommand,
  ModifyRuleCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  ChangeResourceRecordSetsCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { GetWebACLCommand, ListWebACLsCommand, UpdateWebACLCommand } from '@aws-sdk/client-wafv2';

import { type Clients } from '../clients.ts';
import { type Described, type DescribedResource, textOf } from '../described.ts';
import { listenerOf, loadBalancerOf } from '../found.ts';
import { type Change, type Changes } from '../changes.ts';

/** The way in: everybody is let in without a login, by old TLS, under another name. */
export const doorChanges: Changes = async (clients, described) => {
  const { balancers } = clients;
  const https = await listenerOf(clients, described, 'HTTPS');
  const http = await listenerOf(clients, described, 'HTTP');
  const { LoadBalancerArn } = await loadBalancerOf(clients, described);
  const forward = (https.DefaultActions ?? []).filter(({ Type }) => Type === 'forward');
  const door = { check: 'login', address: listener(described, 'HTTPS').address, change: 'changed' } as const;
  return [
    {
      ...door,
      what: 'the listener forwards without a login',
      make: () =>
        balancers.send(new ModifyListenerCommand({ ListenerArn: https.ListenerArn, DefaultActions: forward })),
    },
    {
      ...door,
      check: 'TLS',
      what: 'the listener takes TLS 1.0',
      make: () =>
        balancers.send(
          new ModifyListenerCommand({ ListenerArn: https.ListenerArn, SslPolicy: 'ELBSecurityPolicy-2016-08' }),
        ),
    },
    {
      check: 'HTTP',
      address: listener(described, 'HTTP').address,
      change: 'changed',
      what: 'the unencrypted port forwards',
      make: () => balancers.send(new ModifyListenerCommand({ ListenerArn: http.ListenerArn, DefaultActions: forward })),
    },
    ...loadBalancerChanges(clients, described, LoadBalancerArn),
    ...(await ruleChanges(clients, described, https.ListenerArn)),
    ...webAclChanges(clients, described),
    ...(await nameChanges(clients, described)),
  ];
};

/** Only what need not be set back by the deployment that lifts the protection, as the provider waits 30 s for that. */
function loadBalancerChanges(
  { balancers }: Clients,
  described: Described,
  LoadBalancerArn: string | undefined,
): readonly Change[] {
  const { address, body } = described.one('aws_lb');
  const change = { check: 'load balancer', address, change: 'changed' } as const;
  const put = (Key: string, Value: 'true' | 'false') => () =>
    balancers.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes: [{ Key, Value }] }));
  const dropping = 'routing.http.drop_invalid_header_fields.enabled';
  return [
    {
      ...change,
      what: 'invalid headers pass the load balancer',
      make: put(dropping, 'false'),
      undo: put(dropping, 'true'),
    },
    ...(body['enable_deletion_protection'] === true
      ? [
          {
            ...change,
            what: 'the load balancer may be deleted by anybody',
            make: put('deletion_protection.enabled', 'false'),
          },
        ]
      : []),
  ];
}

async function ruleChanges(clients: Clients, described: Described, ListenerArn: string): Promise<readonly Change[]> {
  const { Rules = [] } = await clients.balancers.send(new DescribeRulesCommand({ ListenerArn }));
  const isOpen = ({ body }: DescribedResource): boolean => !JSON.stringify(body['action']).includes('authenticate');
  return described
    .all('aws_lb_listener_rule')
    .filter(isOpen)
    .slice(0, 1)
    .map(({ address, body }) => ({
      check: 'rules',
      address,
      change: 'changed',
      what: 'a public path is every path',
      make: () =>
        clients.balancers.send(
          new ModifyRuleCommand({
            RuleArn: Rules.find(({ Priority }) => Priority === String(body['priority']))?.RuleArn,
            Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }],
          }),
        ),
    }));
}

function webAclChanges({ firewall }: Clients, described: Described): readonly Change[] {
  return described.all('aws_wafv2_web_acl').map((acl) => ({
    check: 'web ACL',
    address: acl.address,
    change: 'changed',
    what: 'the web ACL counts, and blocks nothing',
    make: async () => {
      const Scope = 'REGIONAL';
      const { WebACLs = [] } = await firewall.send(new ListWebACLsCommand({ Scope }));
      const found = WebACLs.find(({ Name }) => Name === textOf(acl, 'name'));
      const { Id, Name } = found ?? {};
      const { WebACL, LockToken } = await firewall.send(new GetWebACLCommand({ Scope, Id, Name }));
      const { DefaultAction, VisibilityConfig } = WebACL ?? {};
      const rest = { DefaultAction, VisibilityConfig, Description: WebACL?.Description };
      const Rules = WebACL?.Rules?.map(({ Action, OverrideAction: _override, ...rule }) => ({
        ...rule,
        ...(Action === undefined ? { OverrideAction: { Count: {} } } : { Action: { Count: {} } }),
      }));
      return firewall.send(new UpdateWebACLCommand({ Scope, Id, Name, LockToken, ...rest, Rules }));
    },
  }));
}

async function nameChanges({ names }: Clients, described: Described): Promise<readonly Change[]> {
  const record = described
    .all('aws_route53_record')
    .find(({ body, stack }) => stack === 'alb' && typeof body['name'] === 'string' && 'alias' in body);
  if (record === undefined) return [];
  const HostedZoneId = textOf(record, 'zone_id');
  const { ResourceRecordSets = [] } = await names.send(new ListResourceRecordSetsCommand({ HostedZoneId }));
  const found = ResourceRecordSets.find(({ Name, Type }) => Name === `${textOf(record, 'name')}.` && Type === 'A');
  if (found?.AliasTarget === undefined) return [];
  const AliasTarget = { ...found.AliasTarget, DNSName: 'elsewhere-1.eu-west-1.elb.amazonaws.com' };
  const put = (ResourceRecordSet: ResourceRecordSet) => () =>
    names.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId,
        ChangeBatch: { Changes: [{ Action: 'UPSERT', ResourceRecordSet }] },
      }),
    );
  return [
    {
      check: 'names',
      address: record.address,
      change: 'changed',
      what: 'the name leads to another load balancer',
      make: put({ ...found, AliasTarget }),
      undo: put(found),
    },
  ];
}

function listener(described: Described, protocol: string): DescribedResource {
  const found = described.all('aws_lb_listener').find(({ body }) => body['protocol'] === protocol);
  if (found === undefined) throw new RangeError(`The stacks describe no listener for ${protocol}.`);
  return found;
}
