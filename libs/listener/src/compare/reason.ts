import { type ListenerRequest } from '../model.ts';
import { type Step, type Steps } from '../space/steps.ts';

/** A step of the listener before, and one of the listener after, which answers the same request differently. */
export interface Pair {
  readonly before: Steps;
  readonly from: number;
  readonly after: Steps;
  readonly to: number;
}

/** Which change of the rules moved the request from the one to the other, in a clause. */
export function reasonOf({ before, from, after, to }: Pair, request: ListenerRequest): string {
  const was = before.at(from);
  const is = after.at(to);
  if (is.answer.outcome.kind === 'no-listener') return 'the listener is gone';
  if (was.answer.outcome.kind === 'no-listener') return 'the listener is new';
  const left = counterpart(was, after);
  const taker = counterpart(is, before);
  if (left === to) return `${nameOf(is)} answers differently`;
  if (taker === undefined) return `${nameOf(is)} is new`;
  if (before.firstOf(request, [taker]) === undefined) return `${nameOf(is)} now matches it`;
  if (left === undefined) return `${nameOf(was)} is gone`;
  if (after.firstOf(request, [left]) === undefined) return `${nameOf(was)} no longer matches it`;
  return `${nameOf(is)} now precedes ${nameOf(after.at(left))}`;
}

/** The same rule in the other listener: that of the same address or, failing that, of the same conditions. */
function counterpart(step: Step, others: Steps): number | undefined {
  const sameAddress = others.all.findIndex(({ rule }) =>
    step.rule?.priority === 'default' ? rule?.priority === 'default' : rule?.address === step.rule?.address,
  );
  const found = sameAddress >= 0 ? sameAddress : others.all.findIndex((other) => sameConditions(step, other));
  return found >= 0 ? found : undefined;
}

/** Constraints are shared by the listeners that are compared. */
export function sameConditions(one: Step, other: Step): boolean {
  return one.box.length === other.box.length && one.box.every((constraint) => other.box.includes(constraint));
}

function nameOf({ rule }: Step): string {
  if (rule === undefined) return 'the login callback';
  return rule.priority === 'default' ? 'the default rule' : `rule ${rule.priority}`;
}
