import { login } from '../application.ts';
import { type cognitoContract, type Values } from '../contracts/index.ts';
import { type Environment } from '../environments/index.ts';

/** A forward, in the form that listeners and rules share. */
export interface ForwardAction {
  readonly order: number;
  readonly type: 'forward';
  readonly targetGroupArn: string;
}

/** What happens to a request of nobody: the way to the login, or 401. */
export type ToNobody = 'authenticate' | 'deny';

/** A login, in the form that listeners and rules share. */
export interface LoginAction {
  readonly order: number;
  readonly type: 'authenticate-cognito';
  readonly authenticateCognito: {
    readonly userPoolArn: string;
    readonly userPoolClientId: string;
    readonly userPoolDomain: string;
    readonly scope: string;
    readonly sessionCookieName: string;
    readonly sessionTimeout: number;
    readonly onUnauthenticatedRequest: ToNobody;
  };
}

/** The actions of the load balancer: one target group, and one login whatever the rule, so that a session counts everywhere. */
export interface Actions {
  /** The last action. @param order its place: 1, or 2 after a login */
  forward(order: 1 | 2): ForwardAction;
  /** The first of two actions. */
  login(toNobody: ToNobody): LoginAction;
}

/** Makes the actions of an environment. */
export function actions(
  environment: Pick<Environment, 'login'>,
  pool: Values<typeof cognitoContract>,
  targetGroupArn: string,
): Actions {
  return {
    forward: (order) => ({ order, type: 'forward', targetGroupArn }),
    login: (onUnauthenticatedRequest) => ({
      order: 1,
      type: 'authenticate-cognito',
      authenticateCognito: {
        userPoolArn: pool.userPoolArn,
        userPoolClientId: pool.userPoolClientId,
        userPoolDomain: pool.userPoolDomain,
        scope: login.scopes.join(' '),
        sessionCookieName: environment.login.sessionCookieName,
        sessionTimeout: environment.login.sessionTimeoutSeconds,
        onUnauthenticatedRequest,
      },
    }),
  };
}
