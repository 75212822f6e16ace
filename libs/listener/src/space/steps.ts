import { type Answer, answerOf } from '../answer/answer.ts';
import { RegexError } from '../language/from-regex.ts';
import { authenticates, callbackPath, loginCallback } from '../match/login-callback.ts';
import { type CompiledRule, compiledRules, meets } from '../match/compiled-rules.ts';
import { RequestView } from '../match/request-view.ts';
import { type Condition, type Listener, type ListenerRequest, type Rule } from '../model.ts';
import { type Box } from './constraint.ts';
import { type Constraints } from './constraints.ts';

/** One thing that a listener tries on a request, in its order: its login callback, then its rules. */
export interface Step {
  /** Undefined for the login callback. */
  readonly rule: Rule | undefined;
  readonly conditions: readonly Condition[];
  readonly box: Box;
  readonly answer: Answer;
  /** Why the step cannot be reckoned with: what of the rule could not be read. */
  readonly unread: readonly string[];
}

/** The steps of a listener, and which of them takes a request. */
export class Steps {
  readonly all: readonly Step[];
  readonly #compiled: readonly (CompiledRule | undefined)[];
  readonly #rivals = new Map<number, readonly number[]>();

  /** @param listener undefined where nothing listens */
  constructor(
    listener: Listener | undefined,
    readonly constraints: Constraints,
  ) {
    if (listener === undefined) {
      this.all = [nothingListens];
      this.#compiled = [];
      return;
    }
    const callback = authenticates(listener) ? [callbackStep(constraints)] : [];
    const readable = { ...listener, rules: listener.rules.map((rule) => readableOf(rule, constraints)) };
    this.all = [...callback, ...readable.rules.map((rule) => stepOf(rule, constraints))];
    this.#compiled = [...callback.map(() => undefined), ...compiledRules(readable)];
  }

  /** The step of this number. */
  at(index: number): Step {
    const step = this.all[index];
    if (step === undefined) throw new RangeError(`There is no step ${index}`);
    return step;
  }

  /** The first of these steps that takes the request. */
  firstOf(request: ListenerRequest, candidates: readonly number[]): number | undefined {
    const view = new RequestView(request);
    return candidates.find((index) => {
      const compiled = this.#compiled[index];
      return compiled === undefined ? request.path === callbackPath : meets(view, compiled);
    });
  }

  /** The earlier steps that take some of the requests that this one would; those that could not be read are not known. */
  rivalsOf(index: number): readonly number[] {
    const known = this.#rivals.get(index);
    if (known !== undefined) return known;
    const { box } = this.at(index);
    const rivals = [...this.all.keys()].filter(
      (earlier) =>
        earlier < index && this.at(earlier).unread.length === 0 && this.constraints.overlap(this.at(earlier).box, box),
    );
    this.#rivals.set(index, rivals);
    return rivals;
  }
}

const nothingListens: Step = {
  rule: undefined,
  conditions: [],
  box: [],
  answer: { login: { kind: 'none' }, outcome: { kind: 'no-listener' } },
  unread: [],
};

function callbackStep(constraints: Constraints): Step {
  const condition: Condition = { field: 'path-pattern', values: [callbackPath] };
  return {
    rule: undefined,
    conditions: [condition],
    box: [constraints.of(condition)],
    answer: loginCallback,
    unread: [],
  };
}

/** A rule with a regular expression that is not understood is one that could not be read. */
function readableOf(rule: Rule, constraints: Constraints): Rule {
  try {
    for (const condition of rule.conditions) constraints.of(condition);
    return rule;
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    return { ...rule, conditions: [], unread: [...(rule.unread ?? []), error.message] };
  }
}

function stepOf(rule: Rule, constraints: Constraints): Step {
  return {
    rule,
    conditions: rule.conditions,
    box: rule.conditions.map((condition) => constraints.of(condition)),
    answer: answerOf(rule),
    unread: rule.unread ?? [],
  };
}
