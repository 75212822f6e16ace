import { readFileSync } from 'node:fs';

type Body = Readonly<Record<string, unknown>>;

/** A load balancer with every condition and action, as CDKTF 0.21 synthesizes it. A fresh copy each time. */
export function shop(): unknown {
  return JSON.parse(readFileSync(new URL('./shop.cdk.tf.json', import.meta.url), 'utf8')) as unknown;
}

export const forward: Body = { type: 'forward', target_group_arn: '${aws_lb_target_group.app.arn}' };

export const authenticate: Body = {
  type: 'authenticate-cognito',
  authenticate_cognito: {
    user_pool_arn: 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_Example',
    user_pool_client_id: 'client',
    user_pool_domain: 'example',
  },
};

export const oidc: Body = {
  type: 'authenticate-oidc',
  authenticate_oidc: {
    issuer: 'https://id.example.com',
    authorization_endpoint: 'https://id.example.com/authorize',
    token_endpoint: 'https://id.example.com/token',
    user_info_endpoint: 'https://id.example.com/userinfo',
    client_id: 'client',
    client_secret: 'hush',
  },
};

export const jwt: Body = {
  type: 'jwt-validation',
  jwt_validation: { issuer: 'https://id.example.com', jwks_endpoint: 'https://id.example.com/jwks.json' },
};

export const anyPath: Body = { path_pattern: { values: ['/*'] } };

/** The smallest accepted document with one rule, each body of it open to change; `undefined` takes an argument away. */
export function documentWith(
  changes: { readonly alb?: Body; readonly app?: Body; readonly listener?: Body; readonly rule?: Body } = {},
): Body {
  const document = {
    resource: {
      aws_lb: { alb: { name: 'alb', ...changes.alb } },
      aws_lb_target_group: { app: { name: 'app', port: 3000, protocol: 'HTTP', ...changes.app } },
      aws_lb_listener: {
        https: {
          load_balancer_arn: '${aws_lb.alb.arn}',
          port: 443,
          protocol: 'HTTPS',
          default_action: [forward],
          ...changes.listener,
        },
      },
      aws_lb_listener_rule: {
        one: {
          listener_arn: '${aws_lb_listener.https.arn}',
          priority: 1,
          condition: [anyPath],
          action: [forward],
          ...changes.rule,
        },
      },
    },
  };
  return JSON.parse(JSON.stringify(document)) as Body;
}

/** A document with a listener of 101 rules, one more than the quota. */
export function tooManyRules(): Body {
  const document = documentWith() as { readonly resource: Record<string, Record<string, Body>> };
  const { one } = document.resource['aws_lb_listener_rule'] ?? {};
  const rules = Array.from({ length: 101 }, (_, index) => [`r${index}`, { ...one, priority: index + 1 }] as const);
  return { resource: { ...document.resource, aws_lb_listener_rule: Object.fromEntries(rules) } };
}

/** What Terraform 1.11 and the AWS provider 5.100 printed or stored of one stack, all else taken out of it. */
export type TerraformOutput = 'create.plan' | 'change.plan' | 'shown.state' | 'stored.state';

/** A fresh copy each time. */
export function terraformOutput(name: TerraformOutput): Body {
  return JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8')) as Body;
}
