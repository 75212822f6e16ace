import { type Answer, answerOf } from '../answer/answer.ts';
import { type Listener, type ListenerRequest, type Rule } from '../model.ts';
import { authenticates, callbackPath, loginCallback } from './login-callback.ts';
import { matchRule } from './match-rule.ts';

/** What a listener does with a request, and by which rule; by none where it ends a login itself. */
export interface Match {
  readonly rule: Rule | undefined;
  readonly answer: Answer;
}

/**
 * What a listener does with a request. See {@link matchRule} for how a rule is found.
 *
 * @throws ListenerError `INVALID_SOURCE_IP`, `NO_DEFAULT_RULE`, `RULE_NOT_READ`
 */
export function match(listener: Listener, request: ListenerRequest): Match {
  if (request.path === callbackPath && authenticates(listener)) return { rule: undefined, answer: loginCallback };
  const rule = matchRule(listener, request);
  return { rule, answer: answerOf(rule) };
}
