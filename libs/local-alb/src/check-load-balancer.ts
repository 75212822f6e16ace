import {
  type Action,
  type AuthenticateAction,
  type AuthenticateOidcAction,
  compileRewrite,
  type JwtValidationAction,
  type Listener,
  type LoadBalancer,
  type Rule,
  type TargetGroup,
  type Transform,
} from '@gatehouse/listener';

import { LocalAlbError } from './errors.ts';
import { isAuthenticate } from './identity-provider.ts';

/** Whether the client secret of an action is known. */
export type KnowsSecret = (action: AuthenticateOidcAction) => boolean;

/**
 * Refuses what could not run safely: it would be open, or it would sign for somebody else.
 *
 * @param knowsSecret by default none is known
 * @throws {LocalAlbError} `INVALID_LISTENER`
 */
export function checkLoadBalancer(loadBalancer: LoadBalancer, knowsSecret: KnowsSecret = () => false): void {
  resolved(loadBalancer.arn, `the ARN of ${loadBalancer.address}`);
  for (const listener of loadBalancer.listeners) {
    if (listener.rules.at(-1)?.priority !== 'default')
      throw invalid(listener.address, 'its last rule is not the default rule');
    for (const rule of listener.rules) checkRule(rule, { listener, loadBalancer, knowsSecret });
  }
}

const knownActions: ReadonlySet<string> = new Set<Action['type']>([
  'authenticate-cognito',
  'authenticate-oidc',
  'jwt-validation',
  'forward',
  'redirect',
  'fixed-response',
]);

const knownTransforms: ReadonlySet<string> = new Set<Transform['type']>(['url-rewrite', 'host-header-rewrite']);

/** What a listener may be read with and is not run here: without it a rule would let through what it must not. */
function refuseUnknown(rule: Rule): void {
  const unknown = rule.actions.find(({ type }) => !knownActions.has(type));
  if (unknown !== undefined) throw invalid(rule.address, `its action ${unknown.type} is not known here`);
  if ((rule.unread ?? []).length > 0) throw invalid(rule.address, 'it was not read in whole');
}

/** Source: rule-transforms.html, "Transform basics". */
function checkTransforms({ address, priority, transforms = [] }: Rule): void {
  if (priority === 'default' && transforms.length > 0) throw invalid(address, 'a default rule has no transforms');
  for (const { type } of transforms) {
    if (!knownTransforms.has(type)) throw invalid(address, `its transform ${type} is not known here`);
  }
  if (new Set(transforms.map(({ type }) => type)).size < transforms.length) {
    throw invalid(address, 'it has two transforms of one type');
  }
  for (const transform of transforms) {
    try {
      compileRewrite(transform);
    } catch {
      throw invalid(address, `the regular expression of its ${transform.type} is not read`);
    }
  }
}

interface CheckContext {
  readonly listener: Listener;
  readonly loadBalancer: LoadBalancer;
  readonly knowsSecret: KnowsSecret;
}

function checkRule(rule: Rule, context: CheckContext): void {
  refuseUnknown(rule);
  checkTransforms(rule);
  const last = rule.actions.length - 1;
  rule.actions.forEach((action, index) => {
    if (isGuard(action) === (index === last)) {
      throw invalid(rule.address, 'exactly one action routes the request, and it must be the last one');
    }
    checkAction(action, rule, context);
  });
  if (last < 0) throw invalid(rule.address, 'it has no action');
}

function checkAction(action: Action, rule: Rule, { listener, loadBalancer, knowsSecret }: CheckContext): void {
  if (isAuthenticate(action)) {
    if (listener.protocol !== 'HTTPS') throw invalid(rule.address, 'it authenticates on an HTTP listener');
    checkProvider(action, rule, knowsSecret);
    // RFC 6265 section 4.1.1, and what a cookie of a browser can be called.
    if (!/^[-!#$%&'*+.^_`|~0-9A-Za-z]+$/.test(action.sessionCookieName)) {
      throw invalid(rule.address, 'its session cookie name is not the name of a cookie');
    }
  }
  if (action.type === 'jwt-validation') checkValidation(action, rule, listener);
  if (action.type === 'forward') {
    for (const { arn } of action.targetGroups) {
      const group = loadBalancer.targetGroups.find((one) => one.arn === arn);
      if (group === undefined) {
        throw invalid(rule.address, `it forwards to ${arn}, which is not among the target groups`);
      }
      checkProtocolVersion(group, rule, listener);
    }
  }
}

/** Source: load-balancer-target-groups.html, "Protocol version": HTTPS listeners, and no action but `forward`. */
function checkProtocolVersion(
  { protocolVersion }: TargetGroup,
  { address, actions }: Rule,
  { protocol }: Listener,
): void {
  if (protocolVersion === undefined || (protocol === 'HTTPS' && actions.length === 1)) return;
  const where = protocol === 'HTTPS' ? 'with another action before' : 'on an HTTP listener';
  throw invalid(address, `it forwards to targets that speak ${protocolVersion}, ${where}`);
}

function checkProvider(action: AuthenticateAction, { address }: Rule, knowsSecret: KnowsSecret): void {
  if (action.type === 'authenticate-cognito') return resolved(action.userPoolClientId, `the app client of ${address}`);
  resolved(action.clientId, `the client of ${address}`);
  for (const name of ['issuer', 'authorizationEndpoint', 'tokenEndpoint', 'userInfoEndpoint'] as const) {
    resolved(action[name], `the ${name} of ${address}`);
    // "This must be a full URL, including the HTTPS protocol, the domain, and the path": AuthenticateOidcActionConfig.
    if (!isHttpsUrl(action[name])) throw invalid(address, `its ${name} is not an HTTPS URL`);
  }
  if (!knowsSecret(action)) throw invalid(address, 'nobody knows the client secret of its login');
}

function isGuard(action: Action): boolean {
  return isAuthenticate(action) || action.type === 'jwt-validation';
}

function checkValidation(action: JwtValidationAction, { address }: Rule, { protocol }: Listener): void {
  if (protocol !== 'HTTPS') throw invalid(address, 'it checks tokens on an HTTP listener');
  resolved(action.issuer, `the issuer of ${address}`);
  resolved(action.jwksEndpoint, `the JWKS endpoint of ${address}`);
  // "This must be a full URL, including the HTTPS protocol, the domain, and the path": JwtValidationActionConfig.
  if (!isHttpsUrl(action.jwksEndpoint)) throw invalid(address, 'its JWKS endpoint is not an HTTPS URL');
  if (action.issuer === '' || action.additionalClaims.some(({ values }) => values.length === 0)) {
    throw invalid(address, 'it checks a token for nothing');
  }
}

/** Without a user in it, who would end up in logs, and without a fragment, which RFC 6749 section 3.1 forbids. */
function isHttpsUrl(text: string): boolean {
  if (!/^https:\/\//i.test(text) || !URL.canParse(text) || text.includes('#')) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

function resolved(value: string, what: string): void {
  if (value.includes('${')) {
    throw new LocalAlbError(
      'INVALID_LISTENER',
      `${what} is still the reference ${value}: tokens would be signed for nobody. Replace it by a literal value first.`,
    );
  }
}

function invalid(address: string, why: string): LocalAlbError {
  return new LocalAlbError(
    'INVALID_LISTENER',
    `${address} cannot run: ${why}. AWS would refuse it, or this is not all of it. Mend the rule and read it again.`,
  );
}
