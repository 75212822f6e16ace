import { DescribeCertificateCommand, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { DescribeLoadBalancerAttributesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { GetWebACLForResourceCommand } from '@aws-sdk/client-wafv2';

import { type Check, unless, unlessSame } from '../check.ts';
import { blocksOf, type Body, type Described, type DescribedResource, textOf } from '../described.ts';
import { listenerOf, loadBalancerOf } from '../found.ts';

/** What the load balancer does with requests that are not well formed, and what protects it. */
export const loadBalancer: Check = async ({ clients, described }) => {
  const found = await loadBalancerOf(clients, described);
  const { LoadBalancerArn, Scheme, IpAddressType } = found;
  const { Attributes = [] } = await clients.balancers.send(
    new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }),
  );
  const attribute = (key: string): string | undefined => Attributes.find(({ Key }) => Key === key)?.Value;
  const { body } = described.one('aws_lb');
  const [logs] = blocksOf(body, 'access_logs');
  return [
    ...unlessSame('Its scheme', Scheme, body['internal'] === true ? 'internal' : 'internet-facing'),
    ...unlessSame('Its address type', IpAddressType, body['ip_address_type']),
    // Whatever the stacks say: `x_amzn_oidc_data` would reach the application.
    ...unlessSame('Dropping invalid headers', attribute('routing.http.drop_invalid_header_fields.enabled'), 'true'),
    ...unlessSame(
      'Its desync mitigation',
      attribute('routing.http.desync_mitigation_mode'),
      body['desync_mitigation_mode'],
    ),
    ...unlessSame(
      'Its protection from deletion',
      attribute('deletion_protection.enabled'),
      body['enable_deletion_protection'] === true ? 'true' : 'false',
    ),
    ...unlessSame(
      'Keeping access logs',
      attribute('access_logs.s3.enabled') ?? 'false',
      logs?.['enabled'] === true ? 'true' : 'false',
    ),
  ];
};

/** The policy, and a certificate that is issued for the domain. */
export const tls: Check = async ({ clients, described }) => {
  const { SslPolicy, Certificates = [] } = await listenerOf(clients, described, 'HTTPS');
  const door = described.all('aws_lb_listener').find(({ body }) => body['protocol'] === 'HTTPS');
  const policy = unlessSame('The TLS policy', SslPolicy, door?.body['ssl_policy']);
  const given = door?.body['certificate_arn'];
  const [made] = described.all('aws_acm_certificate');
  if (made === undefined) return [...policy, ...unlessSame('The certificate', Certificates[0]?.CertificateArn, given)];

  const domain = textOf(made, 'domain_name');
  const { CertificateSummaryList = [] } = await clients.acm.send(new ListCertificatesCommand({}));
  const CertificateArn = CertificateSummaryList.find(({ DomainName }) => DomainName === domain)?.CertificateArn;
  if (CertificateArn === undefined) return [...policy, `There is no certificate for ${domain}.`];
  const { Certificate } = await clients.acm.send(new DescribeCertificateCommand({ CertificateArn }));
  return [
    ...policy,
    ...unlessSame('The certificate', Certificates[0]?.CertificateArn, CertificateArn),
    ...unlessSame(`The certificate's state`, Certificate?.Status, 'ISSUED'),
  ];
};

/** The names that people type lead where they should. */
export const names: Check = async ({ clients, described }) => {
  const { DNSName } = await loadBalancerOf(clients, described);
  // That which proves the domain to the certificate has names that only AWS knows.
  const records = described.all('aws_route53_record').filter(({ body }) => 'alias' in body);
  const problems = await Promise.all(
    records.map(async (record) => {
      const name = nameOf(record, described);
      const HostedZoneId = textOf(record, 'zone_id');
      const { ResourceRecordSets = [] } = await clients.names.send(new ListResourceRecordSetsCommand({ HostedZoneId }));
      const found = ResourceRecordSets.find(({ Name, Type }) => Name === `${name}.` && Type === record.body['type']);
      const target = found?.AliasTarget?.DNSName?.replace(/\.$/, '');
      return record.stack === 'alb'
        ? unlessSame(`Where ${name} leads`, target?.replace(/^dualstack\./, ''), DNSName)
        : unless(target !== undefined, `${name} leads nowhere.`);
    }),
  );
  return problems.flat();
};

/** The web ACL stands before the load balancer, with its rules; none of them only counts that should block. */
export const webAcl: Check = async ({ clients, described }) => {
  const { LoadBalancerArn: ResourceArn } = await loadBalancerOf(clients, described);
  const { WebACL } = await clients.firewall.send(new GetWebACLForResourceCommand({ ResourceArn }));
  const [acl] = described.all('aws_wafv2_web_acl');
  if (acl === undefined) return unless(WebACL === undefined, 'It has a web ACL that the stacks do not describe.');
  const wanted = blocksOf(acl.body, 'rule').map(({ name, priority, action, override_action }) => ({
    name,
    priority: Number(priority),
    blocks: blocksOf({ action }, 'action').concat(blocksOf({ override_action }, 'override_action')).some(isBlocking),
  }));
  const found = (WebACL?.Rules ?? []).map(({ Name, Priority, Action, OverrideAction }) => ({
    name: Name,
    priority: Priority ?? -1,
    blocks: Action?.Block !== undefined || OverrideAction?.None !== undefined,
  }));
  return [
    ...unlessSame('The web ACL', WebACL?.Name, textOf(acl, 'name')),
    ...unlessSame('The list of its rules', byPriority(found), byPriority(wanted)),
  ];
};

function byPriority<T extends { readonly priority: number }>(all: readonly T[]): readonly T[] {
  return [...all].sort((one, other) => one.priority - other.priority);
}

/** A record of the login is described by way of the user pool's domain. */
function nameOf(record: DescribedResource, described: Described): string {
  const domain = described.one('aws_cognito_user_pool_domain');
  return record.body['name'] === `\${${domain.address}.domain}` ? textOf(domain, 'domain') : textOf(record, 'name');
}

function isBlocking(action: Body): boolean {
  return 'block' in action || 'none' in action;
}
