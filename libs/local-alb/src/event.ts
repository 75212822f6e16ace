import { type Rule } from '@gatehouse/listener';

import { type AuthErrorReason } from './auth-failure.ts';
import { type FunctionErrorReason } from './function-fault.ts';

/** Why a request failed, in the words of AWS's access log. */
export type ErrorReason = AuthErrorReason | FunctionErrorReason;

/** What a request went through, in the words of AWS's access log ("actions_executed"). */
export type ExecutedAction =
  'authenticate' | 'jwt-validation' | 'fixed-response' | 'forward' | 'redirect' | 'waf' | 'waf-failed';

/**
 * One request, told when its answer has ended. It holds no query (the callback's has the code), no header, cookie or
 * token.
 */
export interface RequestEvent {
  readonly type: 'request';
  /** The Terraform address of the listener. */
  readonly listener: string;
  readonly protocol: 'http/1.1' | 'h2' | 'websocket';
  readonly method: string;
  readonly host: string;
  /** Without the query. */
  readonly path: string;
  /** As sent to the client; 460 when the client left first. */
  readonly status: number;
  /** `false` when the target broke off, or the client left. */
  readonly complete: boolean;
  /** The rule's priority; -1 when the request ended before rules were asked, as in AWS's log. */
  readonly priority: Rule['priority'];
  /** The Terraform address of the rule. */
  readonly rule?: string | undefined;
  readonly actions: readonly ExecutedAction[];
  readonly errorReason?: ErrorReason | undefined;
  /** Why, for a developer. */
  readonly detail?: string | undefined;
  /** The origin of the target. */
  readonly target?: string | undefined;
  readonly durationMilliseconds: number;
}

export type AlbEvent = RequestEvent;
