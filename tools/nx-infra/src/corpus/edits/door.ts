import { edit, type Edit } from '../edit.ts';
import { add, copy, drop, set, type Step } from '../house.ts';

const HTTPS = 'aws_lb_listener.https';
const HTTP = 'aws_lb_listener.http';
const PUBLIC = 'aws_lb_listener_rule.public_1';
const API = 'aws_lb_listener_rule.api_1';
const PATHS = ['/logged-out', '/assets/gatehouse.css', '/assets/favicon.svg'];

const paths = (rule: string, ...values: readonly string[]): Step =>
  set('alb', rule, 'condition.0.path_pattern.values', values);
const unauthenticated = (place: string, value: string): Step =>
  place === HTTPS
    ? set('alb', HTTPS, 'default_action.0.authenticate_cognito.on_unauthenticated_request', value)
    : set('alb', place, 'action.0.authenticate_cognito.on_unauthenticated_request', value);
const forward = [{ order: 1, type: 'forward', target_group_arn: '${aws_lb_target_group.app.arn}' }];

/** What changes at the load balancer. */
export const doorEdits: readonly Edit[] = [
  edit('public-path-added', paths(PUBLIC, ...PATHS, '/help')),
  edit('public-path-removed', paths(PUBLIC, ...PATHS.slice(1))),
  edit('public-paths-reordered', paths(PUBLIC, ...PATHS.toReversed())),
  edit('public-path-widened', paths(PUBLIC, ...PATHS, '/*')),
  edit('public-path-inside-public', paths(PUBLIC, ...PATHS, '/assets/*')),
  edit(
    'public-rule-added',
    copy('alb', PUBLIC, 'aws_lb_listener_rule.docs', {
      priority: 50,
      condition: [{ path_pattern: { values: ['/docs/*'] } }],
    }),
  ),
  edit('public-rule-removed', drop('alb', PUBLIC)),
  edit('priorities-swapped', paths(API, '/*'), set('alb', API, 'priority', 2)),
  edit('api-before-public', paths(API, '/api/*', '/assets/*'), set('alb', PUBLIC, 'priority', 3000)),
  edit('rules-renumbered', set('alb', PUBLIC, 'priority', 11), set('alb', API, 'priority', 2100)),
  edit('authenticate-to-allow', unauthenticated(HTTPS, 'allow')),
  edit('api-deny-to-allow', unauthenticated(API, 'allow')),
  edit('api-deny-to-authenticate', unauthenticated(API, 'authenticate')),
  edit('default-without-login', set('alb', HTTPS, 'default_action', forward)),
  edit(
    'default-fixed-response',
    set('alb', HTTPS, 'default_action', [
      {
        order: 1,
        type: 'fixed-response',
        fixed_response: { content_type: 'text/plain', message_body: 'Closed', status_code: '503' },
      },
    ]),
  ),
  edit('http-forwards', set('alb', HTTP, 'default_action', forward)),
  edit(
    'listener-protocol-http',
    set('alb', HTTPS, 'protocol', 'HTTP'),
    set('alb', HTTPS, 'certificate_arn', undefined),
    set('alb', HTTPS, 'ssl_policy', undefined),
    set('alb', HTTPS, 'default_action', forward),
    drop('alb', API),
  ),
  edit(
    'second-port-open',
    add('alb', 'aws_lb_listener.alternative', {
      load_balancer_arn: '${aws_lb.alb.arn}',
      port: 8080,
      protocol: 'HTTP',
      default_action: forward,
    }),
  ),
  edit(
    'header-rule-open',
    copy('alb', PUBLIC, 'aws_lb_listener_rule.backdoor', {
      priority: 10,
      condition: [{ http_header: { http_header_name: 'X-Internal', values: ['yes'] } }],
    }),
  ),
  edit(
    'source-ip-rule-open',
    copy('alb', PUBLIC, 'aws_lb_listener_rule.office', {
      priority: 10,
      condition: [{ source_ip: { values: ['198.51.100.0/24'] } }],
    }),
  ),
  edit(
    'session-longer',
    set('alb', HTTPS, 'default_action.0.authenticate_cognito.session_timeout', 604_800),
    set('alb', API, 'action.0.authenticate_cognito.session_timeout', 604_800),
  ),
  edit(
    'session-shorter',
    set('alb', HTTPS, 'default_action.0.authenticate_cognito.session_timeout', 3600),
    set('alb', API, 'action.0.authenticate_cognito.session_timeout', 3600),
  ),
  edit(
    'session-cookie-renamed',
    set('alb', HTTPS, 'default_action.0.authenticate_cognito.session_cookie_name', 'GatehouseSession'),
    set('alb', API, 'action.0.authenticate_cognito.session_cookie_name', 'GatehouseSession'),
  ),
  edit(
    'scope-wider',
    set(
      'alb',
      HTTPS,
      'default_action.0.authenticate_cognito.scope',
      'openid email profile aws.cognito.signin.user.admin',
    ),
    set('alb', API, 'action.0.authenticate_cognito.scope', 'openid email profile aws.cognito.signin.user.admin'),
  ),
  edit('tls-policy-weaker', set('alb', HTTPS, 'ssl_policy', 'ELBSecurityPolicy-2016-08')),
  edit('access-logs-off', set('alb', 'aws_lb.alb', 'access_logs.enabled', false)),
  edit('load-balancer-unprotected', set('alb', 'aws_lb.alb', 'enable_deletion_protection', false)),
  edit('desync-monitor', set('alb', 'aws_lb.alb', 'desync_mitigation_mode', 'monitor')),
  edit(
    'load-balancer-in-other-subnets',
    set('alb', 'aws_lb.alb', 'subnets', '${data.terraform_remote_state.network.outputs.privateSubnetIds}'),
  ),
  edit(
    'load-balancer-internal',
    set('alb', 'aws_lb.alb', 'internal', true),
    set('alb', 'aws_lb.alb', 'enable_deletion_protection', false),
  ),
  edit(
    'target-group-port',
    set('alb', 'aws_lb_target_group.app', 'port', 3001),
    set('alb', 'aws_lb_target_group.app', 'name', 'gatehouse-prod-app2'),
  ),
  edit('health-check-path', set('alb', 'aws_lb_target_group.app', 'health_check.path', '/health/live')),
  edit('firewall-detached', drop('alb', 'aws_wafv2_web_acl_association.alb')),
];
