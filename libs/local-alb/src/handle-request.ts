import {
  type AuthenticateCognitoAction,
  type ForwardAction,
  type Listener,
  type LoadBalancer,
  matchRule,
  type RoutingAction,
  type Rule,
} from '@gatehouse/listener';

import { type AlbRequest } from './alb-request.ts';
import { cookieHeaders, pageAnswer, redirectAnswer, textAnswer, type Answer } from './answer.ts';
import { authenticate } from './authenticate.ts';
import { answerCallback } from './callback.ts';
import { type Exchange, hasBody, sendAnswer } from './exchange.ts';
import { type Identification, targetHeaders } from './headers.ts';
import { callbackPath } from './login-redirect.ts';
import { redirectLocation } from './redirect.ts';
import { relay } from './relay.ts';
import { type Runtime } from './runtime.ts';
import { chooseTargetGroup } from './target.ts';
import { type Trail } from './trail.ts';
import { joinWebSocket } from './websocket.ts';

/** A request and what it meets: read once, so that one request sees one configuration. */
export interface Handling {
  readonly exchange: Exchange;
  readonly request: AlbRequest;
  readonly listener: Listener;
  readonly loadBalancer: LoadBalancer;
  readonly runtime: Runtime;
  readonly trail: Trail;
}

/**
 * Takes a request through the listener: callback, rule, actions.
 *
 * @throws {AuthFailure}
 */
export async function handleRequest(handling: Handling): Promise<void> {
  const { exchange, request, listener, runtime, trail } = handling;
  if (request.method === 'TRACE') return answer(handling, pageAnswer(405));
  const authenticating = listener.rules.flatMap((rule) => rule.actions.filter(isAuthenticate));
  if (request.path === callbackPath && authenticating.length > 0) {
    trail.executed('authenticate');
    const { box, pool, now, endpointsOf } = runtime.authentication();
    return sendAnswer(
      exchange,
      trail.answered(await answerCallback(request, { box, pool, now, endpointsOf, actions: authenticating })),
    );
  }
  const rule = matchRule(listener, request);
  trail.matched(rule);
  await runRule(rule, handling);
}

async function runRule(rule: Rule, handling: Handling): Promise<void> {
  let identification: Identification = { kind: 'unchecked' };
  const setCookies: string[] = [];
  for (const action of rule.actions) {
    if (action.type !== 'authenticate-cognito') {
      await route(action, handling, { identification, setCookies });
      return;
    }
    handling.trail.executed('authenticate');
    const { endpointsOf, ...context } = handling.runtime.authentication();
    const result = await authenticate(action, handling.request, {
      ...context,
      signer: handling.loadBalancer.arn,
      endpoints: endpointsOf(action),
    });
    if (result.kind === 'answer') return answer(handling, result.answer);
    identification = result.identification;
    setCookies.push(...result.setCookies);
  }
}

interface Admission {
  readonly identification: Identification;
  readonly setCookies: readonly string[];
}

async function route(action: RoutingAction, handling: Handling, admission: Admission): Promise<void> {
  handling.trail.executed(action.type);
  const { setCookies } = admission;
  switch (action.type) {
    case 'redirect':
      return answer(
        handling,
        redirectAnswer(action.statusCode, redirectLocation(action, handling.request), setCookies),
      );
    case 'fixed-response':
      return answer(
        handling,
        textAnswer(action.statusCode, action.contentType, action.messageBody, cookieHeaders(setCookies)),
      );
    case 'forward':
      return forward(action, handling, admission);
  }
}

async function forward(action: ForwardAction, handling: Handling, admission: Admission): Promise<void> {
  const { exchange, request, loadBalancer, runtime, trail } = handling;
  const group = chooseTargetGroup(action, loadBalancer.targetGroups, runtime.random());
  const target = group === undefined ? undefined : runtime.resolveTarget(group);
  if (target === undefined) return answer(handling, pageAnswer(503, cookieHeaders(admission.setCookies)));
  trail.sentTo(target);
  const upstream = runtime.connections.open({
    target,
    method: request.method,
    path: request.target,
    headers: [
      ...targetHeaders(request, admission.identification, loadBalancer.attributes, runtime.now()),
      ...framing(exchange),
    ],
  });
  const options = {
    setCookies: admission.setCookies,
    idleTimeoutMilliseconds: loadBalancer.attributes.idleTimeoutSeconds * 1000,
  };
  const endings = [relay(exchange, upstream, options)];
  // A target that switches protocols unasked gets no listener for it, and so ends in a 502.
  if (exchange.upgrade !== undefined) endings.push(joinWebSocket(exchange, upstream, options));
  trail.relayed(await Promise.race(endings));
}

/** What tells the target where the body ends, or that the protocol changes. */
function framing(exchange: Exchange): readonly (readonly [string, string])[] {
  if (exchange.upgrade !== undefined) {
    return [
      ['Connection', 'Upgrade'],
      ['Upgrade', 'websocket'],
    ];
  }
  if (exchange.incoming.headers['content-length'] !== undefined) return [];
  if (hasBody(exchange)) return [['Transfer-Encoding', 'chunked']];
  // Where a body is usual Node would announce one; its absence has to be said (RFC 9110 section 8.6).
  return usuallyEmpty.has(exchange.incoming.method ?? '') ? [] : [['Content-Length', '0']];
}

const usuallyEmpty = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);

function answer({ exchange, trail }: Handling, made: Answer): void {
  sendAnswer(exchange, trail.answered(made));
}

function isAuthenticate(action: { readonly type: string }): action is AuthenticateCognitoAction {
  return action.type === 'authenticate-cognito';
}
