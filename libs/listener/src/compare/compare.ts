import { type Answer, answerKey, isOpen } from '../answer/answer.ts';
import { unreadListener } from '../exposure/exposure.ts';
import { type UndecidedRule } from '../exposure/region.ts';
import { type Listener, type ListenerRequest } from '../model.ts';
import { Constraints } from '../space/constraints.ts';
import { searchRequest } from '../space/search.ts';
import { type Step, Steps } from '../space/steps.ts';
import { tasteOf } from '../space/taste.ts';
import { type Reach } from '../space/universe.ts';
import { type Taste } from '../space/value.ts';
import { type Pair, reasonOf, sameConditions } from './reason.ts';
import { requestLine, sentence } from './sentence.ts';

/** Requests that are answered differently, one way. Never empty. */
export interface Change {
  readonly before: Side;
  readonly after: Side;
  /** `opens` and `closes`: whether they get to a target without a login that the load balancer checked. */
  readonly effect: 'opens' | 'closes' | 'other';
  /** One of the requests, as simple as possible. */
  readonly witness: ListenerRequest;
  /** `any` where no host and path that a browser could send are among them. */
  readonly reach: Reach;
  /** "GET https://app.example.com/admin/: login before, open after; rule 20 now precedes rule 30" */
  readonly reading: string;
}

export interface Side {
  /** The rule's address; that of the listener for the end of a login, and empty where nothing listens. */
  readonly rule: string;
  readonly answer: Answer;
}

export interface Comparison {
  readonly changes: readonly Change[];
  /** Rules of either listener about whose requests nothing certain can be said. Never take them for unchanged. */
  readonly undecided: readonly UndecidedRule[];
}

export interface CompareOptions {
  /** Hosts to make examples of. @default those in the conditions, and www.example.com */
  readonly hosts?: readonly string[];
}

/**
 * The requests that two listeners answer differently: exactly, and nothing where rules were only renumbered, reordered or
 * written in another way. Undefined stands for a port on which nothing listens.
 */
export function compare(
  before: Listener | undefined,
  after: Listener | undefined,
  { hosts = [] }: CompareOptions = {},
): Comparison {
  if (JSON.stringify(partsOf(before)) === JSON.stringify(partsOf(after))) return { changes: [], undecided: [] };
  const constraints = new Constraints();
  const [was, is] = [new Steps(before, constraints), new Steps(after, constraints)];
  const listener = after ?? before;
  const taste = tasteOf(hosts, before, after);
  const changes: Change[] = [];
  const undecided = new Map<string, UndecidedRule>([...was.all, ...is.all].flatMap(unreadOf));
  for (const rule of [before, after].flatMap(unreadListener)) undecided.set(rule.rule, rule);
  for (const pair of differingPairs(was, is)) {
    const result = search(pair, taste);
    const [from, to] = [was.at(pair.from), is.at(pair.to)];
    if (result.kind === 'undecided') {
      for (const [address, rule] of [from, to].flatMap(tooCostly)) undecided.set(address, rule);
    } else if (result.kind === 'found' && listener !== undefined) {
      const { request: witness, reach } = result;
      const bySource = [from, to].some(({ box }) => box.some(({ dimension }) => dimension === 'source'));
      const line = requestLine(witness, listener, bySource);
      changes.push({
        before: sideOf(from, before),
        after: sideOf(to, after),
        effect: effectOf(from.answer, to.answer),
        witness,
        reach,
        reading: sentence(line, from.answer, to.answer, reasonOf(pair, witness)),
      });
    }
  }
  return { changes, undecided: [...undecided.values()] };
}

/** All that decides an answer. */
function partsOf(listener: Listener | undefined): readonly unknown[] {
  return [listener?.rules, listener?.unread];
}

function effectOf(before: Answer, after: Answer): Change['effect'] {
  return isOpen(before) === isOpen(after) ? 'other' : isOpen(after) ? 'opens' : 'closes';
}

function sideOf({ rule, answer }: Step, listener: Listener | undefined): Side {
  return { rule: rule?.address ?? listener?.address ?? '', answer };
}

/** The pairs of steps with different answers that some request may go from and to; those left out have none. */
function* differingPairs(before: Steps, after: Steps): Generator<Pair> {
  const keys = after.all.map(({ answer }) => answerKey(answer));
  const twinAfter = before.all.map((step) => after.all.findIndex((other) => sameConditions(step, other)));
  const twinBefore = after.all.map((step) => before.all.findIndex((other) => sameConditions(step, other)));
  for (const [from, was] of before.all.entries()) {
    const key = answerKey(was.answer);
    for (const [to, is] of after.all.entries()) {
      if (was.unread.length > 0 || is.unread.length > 0 || key === keys[to]) continue;
      // A step that has the same conditions and comes earlier takes all of them.
      if (isBefore(twinAfter[from], to, after) || isBefore(twinBefore[to], from, before)) continue;
      if (before.constraints.overlap(was.box, is.box)) yield { before, from, after, to };
    }
  }
}

function isBefore(twin: number | undefined, index: number, steps: Steps): boolean {
  return twin !== undefined && twin >= 0 && twin < index && steps.at(twin).unread.length === 0;
}

function search({ before, from, after, to }: Pair, taste: Taste): ReturnType<typeof searchRequest> {
  const offset = before.all.length;
  const [fromRivals, toRivals] = [before.rivalsOf(from), after.rivalsOf(to)];
  return searchRequest(
    {
      within: [...new Set([...before.at(from).box, ...after.at(to).box])],
      rival: (request) => {
        const rival = before.firstOf(request, fromRivals);
        if (rival !== undefined) return rival;
        const other = after.firstOf(request, toRivals);
        return other === undefined ? undefined : offset + other;
      },
      boxOf: (rival) => (rival < offset ? before.at(rival) : after.at(rival - offset)).box,
    },
    taste,
  );
}

function unreadOf({ rule, unread }: Step): [string, UndecidedRule][] {
  return rule === undefined || unread.length === 0
    ? []
    : [
        [
          rule.address,
          { rule: rule.address, priority: rule.priority, why: `It could not be read: ${unread.join('; ')}` },
        ],
      ];
}

function tooCostly({ rule }: Step): [string, UndecidedRule][] {
  const why = 'Its patterns and those of the other rules together are too many to decide';
  return rule === undefined ? [] : [[rule.address, { rule: rule.address, priority: rule.priority, why }]];
}
