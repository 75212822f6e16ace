import { describe, expect, it } from '@jest/globals';

import { dev } from '../environments/dev.ts';
import { local } from '../environments/local.ts';
import { prod } from '../environments/prod.ts';
import { type Block } from '../terraform/synthesized.ts';
import { everything } from '../testing/everything.ts';
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

  describe('with every option on', () => {
    const there = synthesized(everything);
    const rules = there.resources
      .filter(({ type }) => type === 'aws_lb_listener_rule')
      .sort((a, b) => Number(a.body['priority']) - Number(b.body['priority']));

    it('tries public paths first, then bearer tokens, then the paths of scripts', () => {
      expect(rules.map(({ name, body }) => [name, body['priority']])).toEqual([
        ['public_1', 1],
        ['bearer_1', 1001],
        ['bearer_2', 1002],
        ['api_1', 2001],
        ['api_2', 2002],
      ]);
    });

    it('lets a bearer token pass on the paths of machines, and says who verifies it', () => {
      expect(there.body('alb', 'aws_lb_listener_rule.bearer_1')).toMatchObject({
        condition: [
          { path_pattern: { values: ['/api', '/api/*', '/graphql'] } },
          { http_header: { http_header_name: 'Authorization', values: ['Bearer *'] } },
        ],
        action: [{ type: 'forward' }],
        tags: { 'verified-by': 'application' },
      });
    });

    it('answers 401 to a script, by the same login as that of the pages', () => {
      const [login, forward] = there.body('alb', 'aws_lb_listener_rule.api_1')['action'] as readonly Block[];
      const [page] = there.body('alb', 'aws_lb_listener.https')['default_action'] as readonly Block[];
      const settings = (action: Block | undefined) => action?.['authenticate_cognito'] as Block;
      expect(settings(login)).toEqual({ ...settings(page), on_unauthenticated_request: 'deny' });
      expect(settings(page)['session_cookie_name']).toBe('GatehouseSession');
      expect(forward).toMatchObject({ type: 'forward', order: 2 });
    });
  });

  it('waits for requests as long as the application drains', () => {
    expect(here.body('alb', 'aws_lb_target_group.app')['deregistration_delay']).toBe('30');
  });

  it('writes access logs to a bucket that is ready before it', () => {
    const there = synthesized(prod);
    expect(there.body('alb', 'aws_lb.alb')).toMatchObject({
      desync_mitigation_mode: 'strictest',
      access_logs: { bucket: '${aws_s3_bucket.access_logs.id}', enabled: true },
      depends_on: ['aws_s3_bucket_policy.access_logs'],
    });
    expect(there.body('alb', 'aws_s3_bucket.access_logs')).toMatchObject({
      bucket: 'gatehouse-prod-alb-logs-222222222222',
      force_destroy: false,
    });
    expect(there.body('alb', 'aws_s3_bucket_lifecycle_configuration.access_logs')).toMatchObject({
      rule: [{ status: 'Enabled', expiration: [{ days: 365 }] }],
    });
    expect(here.body('alb', 'aws_lb.alb')).not.toHaveProperty('access_logs');
  });

  it('has a web ACL before it where the environment says so, which lets the cookies and answers of a login through', () => {
    const there = synthesized(prod);
    const acl = there.body('alb', 'aws_wafv2_web_acl.alb');
    const rules = acl['rule'] as readonly {
      readonly name: string;
      readonly priority: number;
      readonly statement: Block;
    }[];
    expect(rules.map(({ priority }) => priority)).toEqual([0, 1, 2, 3]);
    expect(rules[0]?.statement).toEqual({ rate_based_statement: { limit: 2000, aggregate_key_type: 'IP' } });
    const common = rules.find(({ name }) => name === 'AWSManagedRulesCommonRuleSet');
    expect(common?.statement['managed_rule_group_statement']).toMatchObject({
      rule_action_override: [
        { name: 'SizeRestrictions_Cookie_HEADER', action_to_use: { count: {} } },
        { name: 'SizeRestrictions_QUERYSTRING', action_to_use: { count: {} } },
      ],
    });
    expect(there.body('alb', 'aws_wafv2_web_acl_association.alb')).toMatchObject({
      resource_arn: '${aws_lb.alb.arn}',
      web_acl_arn: '${aws_wafv2_web_acl.alb.arn}',
    });
    expect(here.resources.filter(({ type }) => type.startsWith('aws_wafv2'))).toEqual([]);
  });

  it('rings when logins fail, requests fail, tasks are ill or answers slow', () => {
    const there = synthesized(prod);
    const alarms = there.resources.filter(({ type }) => type === 'aws_cloudwatch_metric_alarm');
    expect(alarms.map(({ name }) => name).sort()).toEqual([
      'auth_error',
      'auth_failure_rate',
      'elb_5xx',
      'latency',
      'target_5xx',
      'unhealthy_hosts',
    ]);
    for (const { body } of alarms) {
      expect(body['alarm_actions']).toEqual(['${aws_sns_topic.alarms.arn}']);
      expect(String(body['alarm_name'])).toMatch(/^gatehouse-prod-[a-z0-9-]{1,32}$/);
      expect(String(body['alarm_description'])).toMatch(/\.$/);
    }
    expect(there.body('alb', 'aws_cloudwatch_metric_alarm.latency')).toMatchObject({
      extended_statistic: 'p99',
      threshold: 1,
      dimensions: {
        LoadBalancer: '${aws_lb.alb.arn_suffix}',
        TargetGroup: '${aws_lb_target_group.app.arn_suffix}',
      },
    });
    expect(there.body('alb', 'aws_cloudwatch_metric_alarm.auth_failure_rate')).toMatchObject({
      comparison_operator: 'GreaterThanThreshold',
      metric_query: [
        { id: 'rate', return_data: true },
        { id: 'failed', metric: { metric_name: 'ELBAuthFailure', stat: 'Sum' } },
        { id: 'succeeded', metric: { metric_name: 'ELBAuthSuccess', stat: 'Sum' } },
      ],
    });
    const { policy } = there.body('alb', 'aws_sns_topic_policy.alarms');
    expect((JSON.parse(String(policy)) as { Statement: unknown }).Statement).toEqual([
      expect.objectContaining({
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Condition: {
          StringEquals: { 'aws:SourceAccount': '222222222222' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:eu-west-1:222222222222:alarm:*' },
        },
      }),
    ]);
    expect(there.body('alb', 'aws_sns_topic_subscription.to_ops_example_com')).toMatchObject({
      protocol: 'email',
      endpoint: 'ops@example.com',
    });
    expect(here.resources.filter(({ type }) => /alarm|sns|dashboard/.test(type))).toEqual([]);
  });

  it('shows it all on one dashboard', () => {
    const { dashboard_body: body } = synthesized(prod).body('alb', 'aws_cloudwatch_dashboard.gatehouse');
    expect(JSON.parse(String(body))).toMatchObject({ widgets: expect.any(Array) as unknown });
  });
});
