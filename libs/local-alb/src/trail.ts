import { type Listener, type Rule } from '@gatehouse/listener';

import { type AlbRequest } from './alb-request.ts';
import { type Answer } from './answer.ts';
import { type AuthErrorReason } from './auth-failure.ts';
import { type ExecutedAction, type RequestEvent } from './event.ts';
import { type RelayResult } from './relay.ts';

/** Notes what happens to one request, for its event. */
export class Trail {
  readonly #startedAt: number;
  #rule: Rule | undefined;
  #actions: ExecutedAction[] = [];
  #result: RelayResult = { status: 0, complete: true };
  #target: string | undefined;
  #failure: { readonly errorReason?: AuthErrorReason; readonly detail: string } | undefined;

  constructor(now: number) {
    this.#startedAt = now;
  }

  matched(rule: Rule): void {
    this.#rule = rule;
  }

  executed(action: ExecutedAction): void {
    this.#actions.push(action);
  }

  sentTo(target: URL): void {
    this.#target = target.origin;
  }

  failed(detail: string, errorReason?: AuthErrorReason): void {
    this.#failure = { detail, ...(errorReason === undefined ? {} : { errorReason }) };
  }

  relayed(result: RelayResult): void {
    this.#result = result;
  }

  answered(answer: Answer): Answer {
    this.#result = { status: answer.status, complete: true };
    return answer;
  }

  event(request: AlbRequest, listener: Listener, protocol: RequestEvent['protocol'], now: number): RequestEvent {
    return {
      type: 'request',
      listener: listener.address,
      protocol,
      method: request.method,
      host: request.host,
      path: request.path,
      ...this.#result,
      priority: this.#rule?.priority ?? -1,
      ...(this.#rule === undefined ? {} : { rule: this.#rule.address }),
      actions: this.#actions,
      ...this.#failure,
      ...(this.#target === undefined ? {} : { target: this.#target }),
      durationMilliseconds: now - this.#startedAt,
    };
  }
}
