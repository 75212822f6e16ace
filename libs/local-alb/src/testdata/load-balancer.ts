import {
  type Action,
  type AuthenticateCognitoAction,
  type AuthenticateOidcAction,
  type Condition,
  type Listener,
  type LoadBalancer,
  type LoadBalancerAttributes,
  type Rule,
} from '@gatehouse/listener';

export const attributes: LoadBalancerAttributes = {
  idleTimeoutSeconds: 60,
  dropInvalidHeaderFields: true,
  xffHeaderProcessing: 'append',
  preserveHostHeader: false,
  desyncMitigation: 'defensive',
  xffClientPort: false,
  wafFailOpen: false,
  tlsVersionAndCipherSuite: false,
};

export const albArn =
  'arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/gatehouse-local/0123456789abcdef';

export const authenticateAction: AuthenticateCognitoAction = {
  type: 'authenticate-cognito',
  userPoolArn: 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_AbCdEfGhI',
  userPoolClientId: 'client1',
  userPoolDomain: 'gatehouse-local',
  sessionCookieName: 'AWSELBAuthSessionCookie',
  scope: 'openid email',
  sessionTimeoutSeconds: 3600,
  onUnauthenticatedRequest: 'authenticate',
  authenticationRequestExtraParams: {},
};

/** Another provider, with the same session. */
export const oidcAction: AuthenticateOidcAction = {
  type: 'authenticate-oidc',
  issuer: 'https://id.example.com',
  authorizationEndpoint: 'https://id.example.com/authorize',
  tokenEndpoint: 'https://id.example.com/token',
  userInfoEndpoint: 'https://id.example.com/userinfo',
  clientId: 'client1',
  sessionCookieName: 'AWSELBAuthSessionCookie',
  scope: 'openid email',
  sessionTimeoutSeconds: 3600,
  onUnauthenticatedRequest: 'authenticate',
  authenticationRequestExtraParams: {},
};

export const forwardAction: Action = { type: 'forward', targetGroups: [{ arn: 'arn:tg', weight: 1 }] };

export function rule(
  priority: Rule['priority'],
  actions: readonly Action[],
  conditions: readonly Condition[] = [],
): Rule {
  return { address: `aws_lb_listener_rule.r${priority}`, priority, conditions, actions };
}

/** A rule for one path. */
export function pathRule(priority: number, path: string, ...actions: readonly Action[]): Rule {
  return rule(priority, actions, [{ field: 'path-pattern', values: [path] }]);
}

export function httpsListener(...rules: readonly Rule[]): Listener {
  return { address: 'aws_lb_listener.https', arn: 'arn:https', port: 0, protocol: 'HTTPS', rules };
}

export function httpListener(...rules: readonly Rule[]): Listener {
  return { address: 'aws_lb_listener.http', arn: 'arn:http', port: 0, protocol: 'HTTP', rules };
}

/** Everything behind a login. */
export const loginRule = rule('default', [authenticateAction, forwardAction]);

export function loadBalancer(listeners: readonly Listener[], changes: Partial<LoadBalancer> = {}): LoadBalancer {
  return {
    address: 'aws_lb.alb',
    name: 'gatehouse-local',
    arn: albArn,
    attributes,
    listeners,
    targetGroups: [{ address: 'aws_lb_target_group.app', arn: 'arn:tg', name: 'app', port: 3000, protocol: 'HTTP' }],
    ...changes,
  };
}
