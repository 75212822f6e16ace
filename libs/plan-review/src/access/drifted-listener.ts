import { type Change, compare, type Listener, type ListenerRequest } from '@gatehouse/listener';
import { type Finding } from '../model.ts';
import { describeAnswer } from './describe-answer.ts';
import { type Locate } from './listener-findings.ts';
import { isOpen, meetingOf } from './meeting.ts';
import { isRewrittenOpenly } from './rewriting.ts';

/** A listener of a load balancer that somebody changed outside of Terraform. */
export interface DriftedListener {
  /** As it was last applied. */
  readonly applied: Listener | undefined;
  /** As it is. */
  readonly now: Listener | undefined;
  readonly planned: Listener | undefined;
}

/** How a change that the plan makes stands to what was done outside of Terraform; empty where that has no part in it. */
export function partOfDrift(applied: Listener | undefined, { effect, witness }: Change): string {
  const was = meetingOf(applied, witness);
  if (was === undefined || effect === 'other') return '';
  if (effect === 'opens') return isOpen(was.answer) ? ', as it was until it was closed outside of Terraform' : '';
  return isOpen(was.answer) ? '' : ', after it was opened outside of Terraform';
}

/**
 * What was opened, or led elsewhere, outside of Terraform, and is left so: between what is there and what is planned it is
 * no difference, and nobody reviewed it.
 */
export function keptFromDrift(
  { applied, now, planned }: DriftedListener,
  { locate, hosts }: { readonly locate: Locate; readonly hosts: readonly string[] },
): readonly Finding[] {
  const drift = compare(applied, now, { hosts }).changes;
  if (drift.length === 0) return [];
  // Each sees a part of the same: the one may have an example that the plan closes, the other one that it opens itself.
  const candidates = [...drift, ...compare(applied, planned, { hosts }).changes];
  const findings = new Map<string, Finding>();
  for (const { effect, witness, before } of candidates) {
    const [is, will] = [meetingOf(now, witness), meetingOf(planned, witness)];
    const listener = planned ?? now;
    if (effect === 'closes' || is === undefined || will === undefined || listener === undefined) continue;
    const opened = effect === 'opens';
    if (opened ? !isOpen(is.answer) || !isOpen(will.answer) : !isSame(is.answer, will.answer)) continue;
    const { protocol, port } = listener;
    const place = locate(will.rule);
    const rewritten = isRewrittenOpenly(before.answer, will.answer);
    findings.set(`${place.stack}/${place.address} ${opened} ${rewritten}`, {
      ...place,
      section: 'access',
      severity: opened || rewritten ? 'stop' : 'look',
      kind: opened ? 'opens' : rewritten ? 'rewritten' : 'answers-differently',
      reading: `${opened ? 'Was opened' : 'Was led elsewhere'} outside of Terraform, and this plan leaves it so: ${describeAnswer(before.answer)} when last applied, ${describeAnswer(will.answer)} now and after`,
      rule: place.address,
      witness: {
        ...requestOf(witness, protocol, port),
        before: describeAnswer(is.answer),
        after: describeAnswer(will.answer),
      },
    });
  }
  return [...findings.values()];
}

function requestOf(request: ListenerRequest, protocol: Listener['protocol'], port: number) {
  return { kind: 'request', protocol, port, request } as const;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
