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
