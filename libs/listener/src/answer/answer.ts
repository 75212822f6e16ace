import {
  type AdditionalClaim,
  type AuthenticateAction,
  type FixedResponseAction,
  type JwtValidationAction,
  type RedirectAction,
  type RoutingAction,
  type Rule,
  type Transform,
  type WeightedTargetGroup,
} from '../model.ts';
import { asksForBearer } from './bearer.ts';

/** What becomes of a request: who must have logged in, and what happens then. */
export interface Answer {
  readonly login: Login;
  readonly outcome: Outcome;
}

/** Who is let through. */
export type Login =
  /** Everybody. */
  | { readonly kind: 'none' }
  /** Everybody; who has a session is named to the target. */
  | { readonly kind: 'optional'; readonly provider: IdentityProvider }
  /** Who has a session. Others are sent to log in, or get 401. */
  | {
      readonly kind: 'required';
      readonly provider: IdentityProvider;
      readonly otherwise: 'authenticate' | 'deny';
    }
  /** Who brings a token that the load balancer finds valid. */
  | {
      readonly kind: 'bearer';
      readonly checkedBy: 'load-balancer';
      readonly issuer: string;
      readonly jwksEndpoint: string;
      readonly additionalClaims: readonly AdditionalClaim[];
    }
  /** Who brings anything that looks like a bearer token: the load balancer does not look at it, the target has to. */
  | { readonly kind: 'bearer'; readonly checkedBy: 'target' };

export type IdentityProvider =
  | {
      readonly kind: 'cognito';
      readonly userPoolArn: string;
      readonly userPoolClientId: string;
      readonly userPoolDomain: string;
    }
  | {
      readonly kind: 'oidc';
      readonly issuer: string;
      readonly clientId: string;
      readonly authorizationEndpoint: string;
      readonly tokenEndpoint: string;
      readonly userInfoEndpoint: string;
    };

export type Outcome =
  | {
      readonly kind: 'forward';
      readonly targetGroups: readonly WeightedTargetGroup[];
      readonly transforms: readonly Transform[];
    }
  | ({ readonly kind: 'redirect' } & Omit<RedirectAction, 'type'>)
  | ({ readonly kind: 'fixed-response' } & Omit<FixedResponseAction, 'type'>)
  /** The load balancer's own end of a login, `/oauth2/idpresponse`. */
  | { readonly kind: 'login-callback' }
  /** No listener on the port: no connection. */
  | { readonly kind: 'no-listener' }
  /** The rule could not be read. */
  | { readonly kind: 'unknown' };

/** What a rule does with the requests it matches. */
export function answerOf(rule: Rule): Answer {
  if (rule.unread !== undefined) return { login: { kind: 'none' }, outcome: { kind: 'unknown' } };
  const [guard, routing, ...others] = rule.actions.length > 1 ? rule.actions : [undefined, ...rule.actions];
  if (routing === undefined || others.length > 0 || !isRouting(routing) || (guard !== undefined && isRouting(guard))) {
    return { login: { kind: 'none' }, outcome: { kind: 'unknown' } };
  }
  return { login: loginOf(guard, rule), outcome: outcomeOf(routing, rule.transforms ?? []) };
}

function isRouting(action: { readonly type: string }): action is RoutingAction {
  return ['forward', 'redirect', 'fixed-response'].includes(action.type);
}

function loginOf(guard: AuthenticateAction | JwtValidationAction | undefined, rule: Rule): Login {
  switch (guard?.type) {
    case undefined:
      return rule.conditions.some(asksForBearer) ? { kind: 'bearer', checkedBy: 'target' } : { kind: 'none' };
    case 'jwt-validation': {
      const { issuer, jwksEndpoint, additionalClaims } = guard;
      return { kind: 'bearer', checkedBy: 'load-balancer', issuer, jwksEndpoint, additionalClaims };
    }
    case 'authenticate-cognito':
    case 'authenticate-oidc': {
      const provider = providerOf(guard);
      return guard.onUnauthenticatedRequest === 'allow'
        ? { kind: 'optional', provider }
        : { kind: 'required', provider, otherwise: guard.onUnauthenticatedRequest };
    }
  }
}

function providerOf(action: AuthenticateAction): IdentityProvider {
  if (action.type === 'authenticate-cognito') {
    const { userPoolArn, userPoolClientId, userPoolDomain } = action;
    return { kind: 'cognito', userPoolArn, userPoolClientId, userPoolDomain };
  }
  const { issuer, clientId, authorizationEndpoint, tokenEndpoint, userInfoEndpoint } = action;
  return { kind: 'oidc', issuer, clientId, authorizationEndpoint, tokenEndpoint, userInfoEndpoint };
}

function outcomeOf(action: RoutingAction, transforms: readonly Transform[]): Outcome {
  switch (action.type) {
    case 'forward':
      return {
        kind: 'forward',
        targetGroups: action.targetGroups.map(({ arn, weight }) => ({ arn, weight })),
        transforms,
      };
    case 'redirect': {
      const { type, ...target } = action;
      return { kind: type, ...target };
    }
    case 'fixed-response': {
      const { type, ...response } = action;
      return { kind: type, ...response };
    }
  }
}

/** Whether requests get to a target without a login that the load balancer checked. */
export function isOpen({ login, outcome }: Answer): boolean {
  if (outcome.kind === 'unknown') return true;
  if (outcome.kind !== 'forward') return false;
  return (
    login.kind === 'none' || login.kind === 'optional' || (login.kind === 'bearer' && login.checkedBy === 'target')
  );
}

/** Equal for answers that are the same. */
export function answerKey(answer: Answer): string {
  return JSON.stringify(answer, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
