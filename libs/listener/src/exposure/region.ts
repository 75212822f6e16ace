import { type Answer } from '../answer/answer.ts';
import { type Condition, type ListenerRequest, type Rule } from '../model.ts';
import { type Reach } from '../space/universe.ts';

/** Requests that one rule answers: those that meet its conditions and none of the earlier rules. Never empty. */
export interface Region {
  /** The rule's Terraform address. */
  readonly rule: string;
  readonly priority: Rule['priority'];
  readonly answer: Answer;
  /** All hold. */
  readonly conditions: readonly Condition[];
  /** The earlier rules that take some of what meets the conditions, by address. */
  readonly except: readonly string[];
  /** One of the requests, as simple as possible. */
  readonly witness: ListenerRequest;
  /** `any` where no host and path that a browser could send are among them. */
  readonly reach: Reach;
}

/** A rule that no request gets to. */
export interface ShadowedRule {
  readonly rule: string;
  readonly priority: Rule['priority'];
  /**
   * The earlier rules that together take all it would match, none of which could be left out; empty where no request meets
   * its conditions at all. The login callback of a listener is named by the listener's address.
   */
  readonly by: readonly string[];
}

/** A rule about which nothing certain can be said. Never take it for a safe one. */
export interface UndecidedRule {
  readonly rule: string;
  readonly priority: Rule['priority'];
  readonly why: string;
}
