import { sound } from './broken.ts';

const LISTENER = '${aws_lb_listener.https.arn}';
/** The login of the stack itself, so that only what a test changes about it is different. */
const [{ authenticate_cognito: login }] = sound.body('alb', 'aws_lb_listener.https')['default_action'] as [
  { readonly authenticate_cognito: object },
];

export const forward = { type: 'forward', target_group_arn: '${aws_lb_target_group.app.arn}' };

export function cognito(more: object = {}): object {
  return { type: 'authenticate-cognito', authenticate_cognito: { ...login, ...more } };
}

export function paths(...values: readonly unknown[]): { readonly path_pattern: { readonly values: unknown } } {
  return { path_pattern: { values } };
}

/** A rule of the listener that browsers come to. */
export function rule(actions: unknown, conditions: unknown): object {
  return { listener_arn: LISTENER, priority: 50, action: actions, condition: conditions };
}
