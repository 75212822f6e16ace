import { type Answer, type Listener, type ListenerRequest, match } from '@gatehouse/listener';

/** What becomes of a request, and by which rule's address. */
export interface Meeting {
  readonly rule: string;
  readonly answer: Answer;
}

/** @returns undefined where that cannot be said, as of a rule that was not read: that is a finding by itself */
export function meetingOf(listener: Listener | undefined, request: ListenerRequest): Meeting | undefined {
  if (listener === undefined)
    return { rule: '', answer: { login: { kind: 'none' }, outcome: { kind: 'no-listener' } } };
  try {
    const { rule, answer } = match(listener, request);
    return { rule: rule?.address ?? listener.address, answer };
  } catch {
    return undefined;
  }
}

/** Whether it gets to a target without a login that the load balancer checked. */
export function isOpen({ login, outcome }: Answer): boolean {
  if (outcome.kind !== 'forward') return false;
  return (
    login.kind === 'none' || login.kind === 'optional' || (login.kind === 'bearer' && login.checkedBy === 'target')
  );
}
