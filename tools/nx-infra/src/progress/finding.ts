/** What was found about one thing that a deployment needs. */
export interface Finding {
  /** Such as `state bucket`. */
  readonly check: string;
  /** `warning`: something can be done without it. */
  readonly state: 'ok' | 'warning' | 'failed';
  readonly message: string;
  /** How to mend it; only where it is not `ok`. */
  readonly mend?: string;
}

/** For people: what, and below it how to mend it. */
export function findingLine({ check, state, message, mend }: Finding): string {
  const line = `${state.padEnd(8)} ${check.padEnd(14)} ${message}`;
  return mend === undefined ? line : `${line}\n${' '.repeat(24)}Mend: ${mend}`;
}
