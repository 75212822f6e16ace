/**
 * An Application Load Balancer as data, in the terms of the Elastic Load Balancing API.
 *
 * Values are literal where the Terraform JSON has literals, and Terraform expressions (`${aws_lb.alb.arn}`) where it
 * has references that were not resolved before reading.
 */
export interface LoadBalancer {
  /** The Terraform address, such as `aws_lb.alb`. */
  readonly address: string;
  readonly name: string;
  /** The ARN, or the expression that stands for it. */
  readonly arn: string;
  readonly attributes: LoadBalancerAttributes;
  readonly listeners: readonly Listener[];
  readonly targetGroups: readonly TargetGroup[];
}

/** The attributes that change how a request is handled. Source: ELBv2 `LoadBalancerAttribute`. */
export interface LoadBalancerAttributes {
  /** @default 60 */
  readonly idleTimeoutSeconds: number;
  /** Whether header fields with names outside `[-A-Za-z0-9]+` are removed. @default false */
  readonly dropInvalidHeaderFields: boolean;
  /** @default 'append' */
  readonly xffHeaderProcessing: 'append' | 'preserve' | 'remove';
  /** @default false */
  readonly preserveHostHeader: boolean;
  /** @default 'defensive' */
  readonly desyncMitigation: 'monitor' | 'defensive' | 'strictest';
  /** Whether the client's port stands in `X-Forwarded-For`. @default false */
  readonly xffClientPort: boolean;
  /** Whether requests pass that the web ACL cannot be asked about. @default false */
  readonly wafFailOpen: boolean;
  /** Whether the target is told the version and the cipher suite of the client's TLS. @default false */
  readonly tlsVersionAndCipherSuite: boolean;
}

export type TargetGroup = ServerTargetGroup | FunctionTargetGroup;

interface TargetGroupNames {
  readonly address: string;
  readonly arn: string;
  readonly name: string;
  /** What is set; AWS has a default for the rest. Of a function: absent when it is not checked. */
  readonly healthCheck?: HealthCheck;
}

/** Of targets that are asked over the network. */
export interface ServerTargetGroup extends TargetGroupNames {
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS';
  /** What its targets speak. @default HTTP/1.1 */
  readonly protocolVersion?: 'HTTP2' | 'GRPC';
  /** How long a target that is deregistered may finish its requests. AWS's default: 300. */
  readonly deregistrationDelaySeconds?: number;
  /** AWS's default: `round_robin`. */
  readonly algorithm?: 'round_robin' | 'least_outstanding_requests' | 'weighted_random';
  /** How long a client stays with a target, by the load balancer's own cookie: 1 to 604800. @default not at all */
  readonly stickinessSeconds?: number;
  readonly lambda?: undefined;
}

/** Of one Lambda function, which is invoked with a request as JSON; ELBv2 API, TargetGroupAttribute, has little for it. */
export interface FunctionTargetGroup extends TargetGroupNames {
  readonly lambda: {
    /** Whether headers and query parameters are lists of values, both ways. */
    readonly multiValueHeaders: boolean;
  };
  readonly port?: undefined;
  readonly protocol?: undefined;
  readonly protocolVersion?: undefined;
  readonly deregistrationDelaySeconds?: undefined;
  readonly algorithm?: undefined;
  readonly stickinessSeconds?: undefined;
}

/** Source: ELBv2 API, `CreateTargetGroup`. Whether and when a target is asked, not whom: that is where it is. */
export interface HealthCheck {
  readonly path?: string;
  readonly intervalSeconds?: number;
  readonly timeoutSeconds?: number;
  /** Good checks in a row that make an unhealthy target healthy. */
  readonly healthyThreshold?: number;
  readonly unhealthyThreshold?: number;
  /** Statuses: `200`, `200,204`, `200-299`. */
  readonly matcher?: string;
}

export interface Listener {
  readonly address: string;
  readonly arn: string;
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS';
  /** In the order of evaluation: ascending priority, the default rule last. */
  readonly rules: readonly Rule[];
  /** The default certificate first. @default none, as on HTTP listeners */
  readonly certificates?: readonly Certificate[];
  /** The name of the security policy, where one is given. */
  readonly sslPolicy?: string;
  /** @default headers are left as they are */
  readonly headerModification?: HeaderModification;
  /** What could not be read of the listener itself. Only a reading that reports problems gives such listeners. */
  readonly unread?: readonly string[];
}

/** Source: header-modification.html. It decides nothing about who gets where. */
export interface HeaderModification {
  /** New names of what the load balancer says of the client's TLS, by their usual names: `X-Amzn-Tls-Version`. */
  readonly requestNames: Readonly<Record<string, string>>;
  /** By name: set on every answer, in place of what the target says. */
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** Whether answers of the load balancer's own name it in `Server`. @default true */
  readonly serverHeader: boolean;
}

export interface Certificate {
  /** Of the resource that attaches it; that of the listener for its default certificate. */
  readonly address: string;
  /** The ARN, or the expression that stands for it. */
  readonly arn: string;
}

export interface Rule {
  /** The Terraform address; that of the listener for its default rule. */
  readonly address: string;
  /**
   * 1 to 50000, or `default` for the listener's default rule, which has no conditions; 0 for a rule of which it could not
   * be read.
   */
  readonly priority: number | 'default';
  /** All must hold. */
  readonly conditions: readonly Condition[];
  /** In the order of execution; the last one routes the request. */
  readonly actions: readonly Action[];
  /** What is rewritten on the way to the target, after the rule was chosen. @default nothing */
  readonly transforms?: readonly Transform[];
  /**
   * What could not be read of the rule, which may then match any request and do anything with it. Its conditions and
   * actions are empty. Only a reading that reports problems gives such rules.
   *
   * @default nothing: the rule is known
   */
  readonly unread?: readonly string[];
}

/** Source: ELBv2 API, RuleTransform. What the regular expression does not match is left as it is. */
export interface Transform {
  readonly type: 'url-rewrite' | 'host-header-rewrite';
  readonly regex: string;
  /** May hold `$1` and so on. */
  readonly replace: string;
}

/** One condition of a rule; any one of its values, or of its regular expressions, is enough. */
export type Condition =
  | ({ readonly field: 'host-header' } & Patterns)
  | ({ readonly field: 'path-pattern' } & Patterns)
  | ({ readonly field: 'http-header'; readonly name: string } & Patterns)
  | { readonly field: 'http-request-method'; readonly values: readonly string[] }
  | { readonly field: 'query-string'; readonly values: readonly QueryStringValue[] }
  | { readonly field: 'source-ip'; readonly values: readonly string[] };

/** Source: ELBv2 API, RuleCondition: a condition has values or regular expressions. */
export interface Patterns {
  readonly values: readonly string[];
  /** @default none */
  readonly regexValues?: readonly string[];
}

export interface QueryStringValue {
  /** Any key when absent. */
  readonly key?: string;
  readonly value: string;
}

export type Action = AuthenticateAction | JwtValidationAction | RoutingAction;

/** An action that sends browsers to an identity provider and keeps them in a session. */
export type AuthenticateAction = AuthenticateCognitoAction | AuthenticateOidcAction;

/** An action that ends the evaluation of a rule: exactly one a rule, and the last. */
export type RoutingAction = ForwardAction | RedirectAction | FixedResponseAction;

export type OnUnauthenticatedRequest = 'authenticate' | 'allow' | 'deny';

export interface AuthenticateCognitoAction extends Session {
  readonly type: 'authenticate-cognito';
  readonly userPoolArn: string;
  readonly userPoolClientId: string;
  /** A domain prefix, or the name of a custom domain. */
  readonly userPoolDomain: string;
}

/** Its client secret is never read. */
export interface AuthenticateOidcAction extends Session {
  readonly type: 'authenticate-oidc';
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly userInfoEndpoint: string;
  readonly clientId: string;
}

/** What both kinds of login have in common. */
export interface Session {
  /** @default 'AWSELBAuthSessionCookie' */
  readonly sessionCookieName: string;
  /** Space separated. @default 'openid' */
  readonly scope: string;
  /** @default 604800 */
  readonly sessionTimeoutSeconds: number;
  /** @default 'authenticate' */
  readonly onUnauthenticatedRequest: OnUnauthenticatedRequest;
  /** @default {} */
  readonly authenticationRequestExtraParams: Readonly<Record<string, string>>;
}

/** Takes no session: each request brings a bearer token. Source: ELBv2 API, JwtValidationActionConfig. */
export interface JwtValidationAction {
  readonly type: 'jwt-validation';
  readonly issuer: string;
  readonly jwksEndpoint: string;
  /** @default [] */
  readonly additionalClaims: readonly AdditionalClaim[];
}

export interface AdditionalClaim {
  readonly name: string;
  readonly format: 'single-string' | 'string-array' | 'space-separated-values';
  readonly values: readonly string[];
}

export interface ForwardAction {
  readonly type: 'forward';
  readonly targetGroups: readonly WeightedTargetGroup[];
  /** How long a client stays with the target group it was given first. @default not at all */
  readonly stickinessSeconds?: number;
}

export interface WeightedTargetGroup {
  /** The target group's {@link TargetGroup.arn}. */
  readonly arn: string;
  /** 0 to 999. @default 1 */
  readonly weight: number;
}

/** The parts of the address to answer with; each may hold `#{protocol}`, `#{host}`, `#{port}`, `#{path}`, `#{query}`. */
export interface RedirectAction {
  readonly type: 'redirect';
  readonly statusCode: 301 | 302;
  readonly protocol: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly query: string;
}

export interface FixedResponseAction {
  readonly type: 'fixed-response';
  readonly statusCode: number;
  readonly contentType: string;
  readonly messageBody: string;
}

/** A request as a listener's rules see it. */
export interface ListenerRequest {
  readonly method: string;
  /** Without the port. */
  readonly host: string;
  /** As sent, still percent-encoded, without the query. */
  readonly path: string;
  /** As sent, without the `?`; empty when there is none. */
  readonly query: string;
  /** In the order received; names in any case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The address of the TCP peer. */
  readonly sourceIp: string;
}
