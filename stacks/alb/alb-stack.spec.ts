import { describe, expect, it } from '@jest/globals';

import { dev } from '../environments/dev.ts';
import { local } from '../environments/local.ts';
import { prod } from '../environments/prod.ts';
import { synthesized } from '../testing/synthesized.ts';

describe('AlbStack', () => {
  const here = synthesized(local);

  it('logs people in before it forwards', () => {
    expect(here.body('alb', 'aws_lb_listener.https')).toMatchObject({
      port: 8443,
      protocol: 'HTTPS',
      ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      default_action: [
        {
          order: 1,
          type: 'authenticate-cognito',
          authenticate_cognito: {
            on_unauthenticated_request: 'authenticate',
            scope: 'openid email profile',
            session_cookie_name: 'AWSELBAuthSessionCookie',
            session_timeout: 3600,
            user_pool_arn: '${data.terraform_remote_state.cognito.outputs.userPoolArn}',
            user_pool_client_id: '${data.terraform_remote_state.cognito.outputs.userPoolClientId}',
            user_pool_domain: '${data.terraform_remote_state.cognito.outputs.userPoolDomain}',
          },
        },
        { order: 2, type: 'forward', target_group_arn: '${aws_lb_target_group.app.arn}' },
      ],
    });
  });

  it('forwards the public paths, and them alone, without a login', () => {
    const rules = here.resources.filter(({ type }) => type === 'aws_lb_listener_rule');
    expect(rules.map(({ name }) => name)).toEqual(['public_1']);
    expect(rules[0]?.body).toMatchObject({
      listener_arn: '${aws_lb_listener.https.arn}',
      priority: 1,
      condition: [{ path_pattern: { values: ['/logged-out', '/assets/gatehouse.css', '/assets/favicon.svg'] } }],
      action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.app.arn}' }],
    });
  });

  it('answers HTTP with the way to HTTPS, port included', () => {
    expect(here.body('alb', 'aws_lb_listener.http')).toMatchObject({
      port: 8080,
      protocol: 'HTTP',
      default_action: [{ type: 'redirect', redirect: { protocol: 'HTTPS', port: '8443', status_code: 'HTTP_301' } }],
    });
  });

  it('drops header names that other software takes for those of the load balancer', () => {
    expect(here.body('alb', 'aws_lb.alb')).toMatchObject({
      drop_invalid_header_fields: true,
      internal: false,
      security_groups: ['${aws_security_group.alb.id}'],
    });
  });

  it('asks the application itself whether it is ready', () => {
    expect(here.body('alb', 'aws_lb_target_group.app')).toMatchObject({
      target_type: 'ip',
      health_check: { path: '/health/ready', matcher: '200' },
    });
  });

  it('opens the two ports in and the way to the pool out', () => {
    expect(here.body('alb', 'aws_vpc_security_group_ingress_rule.https')).toMatchObject({ from_port: 8443 });
    expect(here.body('alb', 'aws_vpc_security_group_ingress_rule.http')).toMatchObject({ to_port: 8080 });
    expect(here.body('alb', 'aws_vpc_security_group_egress_rule.pool')).toMatchObject({
      cidr_ipv4: '0.0.0.0/0',
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
    });
  });

  it('takes a certificate that is given as it is, and leaves DNS alone', () => {
    expect(here.body('alb', 'aws_lb_listener.https')['certificate_arn']).toBe(
      'arn:aws:acm:us-east-1:000000000000:certificate/00000000-0000-0000-0000-000000000000',
    );
    expect(here.resources.filter(({ type }) => /route53|acm/.test(type))).toEqual([]);
  });

  it('makes and validates a certificate where it has the zone, and listens only once it is valid', () => {
    const there = synthesized(dev);
    expect(there.body('alb', 'aws_acm_certificate.certificate')).toMatchObject({
      domain_name: 'app.dev.example.com',
      validation_method: 'DNS',
    });
    const options = 'for option in aws_acm_certificate.certificate.domain_validation_options';
    expect(there.body('alb', 'aws_route53_record.certificate')).toMatchObject({
      zone_id: 'Z0123456789DEVEXAMPLE',
      name: `\${one([${options} : option.resource_record_name])}`,
      type: `\${one([${options} : option.resource_record_type])}`,
      records: [`\${one([${options} : option.resource_record_value])}`],
    });
    expect(there.body('alb', 'aws_lb_listener.https')['certificate_arn']).toBe(
      '${aws_acm_certificate_validation.certificate.certificate_arn}',
    );
    expect(there.body('alb', 'aws_route53_record.domain')).toMatchObject({
      name: 'app.dev.example.com',
      type: 'A',
      alias: { name: '${aws_lb.alb.dns_name}', zone_id: '${aws_lb.alb.zone_id}' },
    });
  });

  it('cannot be deleted by accident in prod', () => {
    expect(synthesized(prod).body('alb', 'aws_lb.alb')['enable_deletion_protection']).toBe(true);
  });
});
