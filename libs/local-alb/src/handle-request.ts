import {
  type AuthenticateAction,
  type JwtValidationAction,
  matchRule,
  type RoutingAction,
  type Rule,
} from '@gatehouse/listener';

import { cookieHeaders, pageAnswer, redirectAnswer, textAnswer, type Answer } from './answer.ts';
import { authenticate } from './authenticate.ts';
import { answerCallback } from './callback.ts';
import { classify, mitigate } from './desync.ts';
import { sendAnswer } from './exchange.ts';
import { type Admission, forward } from './forward.ts';
import { type Handling } from './handling.ts';
import { type Identification } from './headers.ts';
import { isAuthenticate } from './identity-provider.ts';
import { callbackPath } from './login-redirect.ts';
import { redirectLocation } from './redirect.ts';
import { refusedByLimit } from './request-limits.ts';
import { validateToken } from './validate-token.ts';

/**
 * Takes a request through the listener: limits, callback, rule, actions.
 *
 * @throws {AuthFailure}
 */
export async function handleRequest(handling: Handling): Promise<void> {
  const { request, listener, loadBalancer, trail, runtime } = handling;
  if (request.method === 'TRACE') return answer(handling, pageAnswer(405));
  const refused = refusedByLimit(request);
  if (refused !== undefined) return answer(handling, pageAnswer(refused));
  const closeAfter = examine(handling);
  if (closeAfter === 'refuse') return answer(handling, pageAnswer(400));
  const { webAcl } = runtime.faults.faults;
  if (webAcl === 'failing' && loadBalancer.attributes.wafFailOpen) trail.executed('waf-failed');
  else if (webAcl !== undefined) {
    trail.executed(webAcl === 'block' ? 'waf' : 'waf-failed');
    return answer(handling, pageAnswer(webAcl === 'block' ? 403 : 500));
  }
  if (request.path === callbackPath) {
    const authenticating = listener.rules.flatMap((rule) => rule.actions.filter(isAuthenticate));
    if (authenticating.length > 0) return callback(authenticating, handling);
  }
  const rule = matchRule(listener, request);
  trail.matched(rule);
  await runRule(rule, handling, closeAfter === 'route-and-close');
}

function examine({ exchange, request, loadBalancer, trail }: Handling): ReturnType<typeof mitigate> {
  // The frames of HTTP/2 leave nothing to be read in two ways.
  if (exchange.stream !== undefined) return 'route';
  trail.classification = classify(request);
  return mitigate(loadBalancer.attributes.desyncMitigation, trail.classification);
}

async function callback(actions: readonly AuthenticateAction[], handling: Handling): Promise<void> {
  const { request, runtime, trail } = handling;
  trail.executed('authenticate');
  const context = runtime.authentication();
  const begun = runtime.now();
  const made = await answerCallback(request, { ...context, actions });
  trail.loggedIn({ succeeded: true, refreshed: false, milliseconds: runtime.now() - begun });
  answer(handling, made);
}

async function runRule(rule: Rule, handling: Handling, closeAfter: boolean): Promise<void> {
  const { runtime, trail } = handling;
  let identification: Identification = { kind: 'unchecked' };
  const setCookies: string[] = [];
  for (const action of rule.actions) {
    if (action.type === 'jwt-validation') {
      await validate(action, handling);
      continue;
    }
    if (!isAuthenticate(action)) {
      if (!isRouting(action))
        throw new Error(`the action ${(action as { readonly type: string }).type} is not known here`);
      const unchecked = identification.kind === 'unchecked' && runtime.switches.identityHeadersUnchecked === 'remove';
      await route(action, handling, {
        identification: unchecked ? { kind: 'anonymous' } : identification,
        setCookies,
        transforms: rule.transforms ?? [],
        closeAfter,
      });
      return;
    }
    trail.executed('authenticate');
    const { box, calls, signingKey, switches, dataTokens, sessionsFrom, now, providerOf } = runtime.authentication();
    const { arn: signer } = handling.loadBalancer;
    const provider = providerOf(action);
    // Named one by one, here and on a request's way on: a copy of unknown fields costs ten times as much.
    const context = { box, calls, signingKey, switches, dataTokens, sessionsFrom, now, signer, provider };
    const result = await authenticate(action, handling.request, context);
    if (result.kind === 'answer') return answer(handling, result.answer);
    trail.knows(result.session);
    trail.loggedIn({ succeeded: result.session !== undefined, refreshed: result.refreshed === true });
    identification = result.identification;
    setCookies.push(...result.setCookies);
  }
}

async function validate(action: JwtValidationAction, { request, runtime, trail }: Handling): Promise<void> {
  trail.executed('jwt-validation');
  const { keySets, switches } = runtime;
  await validateToken(action, request, { keySets, switches, now: runtime.now() });
  trail.foundTokenValid();
}

async function route(action: RoutingAction, handling: Handling, admission: Admission): Promise<void> {
  const { trail } = handling;
  trail.executed(action.type);
  const { setCookies } = admission;
  switch (action.type) {
    case 'redirect': {
      const location = redirectLocation(action, handling.request);
      trail.redirected(location);
      return answer(handling, redirectAnswer(action.statusCode, location, setCookies));
    }
    case 'fixed-response':
      return answer(
        handling,
        textAnswer(action.statusCode, action.contentType, action.messageBody, cookieHeaders(setCookies)),
      );
    case 'forward':
      return forward(action, handling, admission);
  }
}

function answer({ exchange, trail }: Handling, made: Answer): void {
  sendAnswer(exchange, trail.answered(made));
}

/** A listener may come to know more actions; one that is not known here never lets a request pass. */
function isRouting(action: { readonly type: string }): action is RoutingAction {
  return routing.has(action.type);
}

const routing: ReadonlySet<string> = new Set([
  'forward',
  'redirect',
  'fixed-response',
] satisfies RoutingAction['type'][]);
