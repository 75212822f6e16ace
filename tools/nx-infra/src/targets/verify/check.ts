import { type Finding } from '../../progress/finding.ts';
import { type CheckName } from './catalogue.ts';
import { type Expectation } from './expectation.ts';
import { type Visitor } from './visitor.ts';

const MOST_CHARACTERS = 1000;

/** What a check is handed. */
export interface Door {
  readonly expected: Expectation;
  readonly visitor: Pick<Visitor, 'ask'>;
  /** Stands in every forged identity, so that a page that shows it gives itself away. Different in every run. */
  readonly canary: string;
}

/** Asks what it has to, and judges. Empty where the environment has nothing of the kind. */
export type Check = (door: Door) => Promise<readonly Finding[]>;

export function ok(check: CheckName, message: string): Finding {
  return { check, state: 'ok', message: printable(message) };
}

/** @param message what was seen, and why it matters */
export function warning(check: CheckName, message: string, mend: string): Finding {
  return { check, state: 'warning', message: printable(message), mend };
}

/** @param message what was seen, and why it matters */
export function failed(check: CheckName, message: string, mend: string): Finding {
  return { check, state: 'failed', message: printable(message), mend };
}

/** What was found wrong, or that nothing was. */
export function orOk(found: readonly Finding[], check: CheckName, message: string): readonly Finding[] {
  return found.length > 0 ? found : [ok(check, message)];
}

/** What a stranger answered must not steer a terminal. */
function printable(message: string): string {
  return message.replace(/\p{C}/gu, '?').slice(0, MOST_CHARACTERS);
}
