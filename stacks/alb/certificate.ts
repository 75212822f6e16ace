import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate/index.js';
import { AcmCertificateValidation } from '@cdktf/provider-aws/lib/acm-certificate-validation/index.js';
import { type Lb } from '@cdktf/provider-aws/lib/lb/index.js';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record/index.js';

import { type GatehouseStack } from '../gatehouse-stack.ts';
import { pin } from '../pin.ts';

const VALIDATION_TTL_SECONDS = 60;

/** The ARN of the certificate of the public domain: the one given, or one made and validated in the hosted zone. */
export function certificateArn(stack: GatehouseStack): string {
  const { certificate, domain } = stack.environment;
  if (certificate.source === 'given') return certificate.arn;

  const made = new AcmCertificate(stack, 'certificate', {
    domainName: domain,
    validationMethod: 'DNS',
    // A listener cannot be without its certificate, so the next one has to be there before this one goes.
    lifecycle: { createBeforeDestroy: true },
  });
  // One domain, hence one option. CDKTF's iterator over them emits a `for_each` that Terraform refuses at plan.
  const option = (attribute: string) =>
    `\${one([for option in aws_acm_certificate.${made.friendlyUniqueId}.domain_validation_options : option.${attribute}])}`;
  const record = pin(
    new Route53Record(stack, 'certificate-record', {
      zoneId: certificate.zoneId,
      name: option('resource_record_name'),
      type: option('resource_record_type'),
      records: [option('resource_record_value')],
      ttl: VALIDATION_TTL_SECONDS,
      // The record is the same for each certificate of the domain: while one replaces another, both want it.
      allowOverwrite: true,
    }),
    'certificate',
  );
  const validation = pin(
    new AcmCertificateValidation(stack, 'certificate-validation', {
      certificateArn: made.arn,
      validationRecordFqdns: [record.fqdn],
    }),
    'certificate',
  );
  return validation.certificateArn;
}

/** Points the public domain at the load balancer, where the hosted zone is ours. The load balancer has IPv4 only. */
export function pointDomainAt(stack: GatehouseStack, loadBalancer: Lb): void {
  const { certificate, domain } = stack.environment;
  if (certificate.source === 'given') return;
  pin(
    new Route53Record(stack, 'domain-record', {
      zoneId: certificate.zoneId,
      name: domain,
      type: 'A',
      alias: { name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true },
    }),
    'domain',
  );
}
