import { type Finding, findingLine } from './finding.ts';

/**
 * What a target says while it runs. With `--json` each event is one line of JSON, as it is here, with `elapsedMs` since
 * the target's start.
 */
export type Event =
  | { readonly event: 'note'; readonly message: string }
  | {
      readonly event: 'step';
      readonly stack: string;
      /** Such as `init` or `plan`. */
      readonly step: string;
      readonly state: 'started' | 'done' | 'failed' | 'skipped';
      /** What came of it, or why it failed. */
      readonly detail?: string;
    }
  | ({ readonly event: 'finding' } & Finding)
  /** The last one. */
  | {
      readonly event: 'result';
      readonly success: boolean;
      /** Why it failed: an `InfraErrorCode`. */
      readonly code?: string;
      readonly message: string;
      /** What the target is about, for machines. */
      readonly data?: unknown;
    };

/** An event as people read it. */
export function eventLine(event: Event, elapsedMs: number): string {
  switch (event.event) {
    case 'step':
      return stepLine(event, elapsedMs);
    case 'finding':
      return findingLine(event);
    case 'note':
    case 'result':
      return event.message;
  }
}

function stepLine({ stack, step, state, detail }: Extract<Event, { event: 'step' }>, elapsedMs: number): string {
  const seconds = `${(elapsedMs / 1000).toFixed(1)} s`.padStart(8);
  const what = state === 'started' ? step : `${step} ${state}`;
  return `${seconds}  ${stack.padEnd(8)} ${what}${detail === undefined ? '' : `: ${detail}`}`;
}
