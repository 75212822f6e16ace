import { type Finding, type Severity } from '../model.ts';
import { type ResourceChange } from '../plan/model.ts';

/** A finding of access about a resource, where something holds. */
export function when(
  holds: boolean,
  { stack, address, source }: ResourceChange,
  severity: Severity,
  kind: string,
  reading: string,
): readonly Finding[] {
  if (!holds) return [];
  return [{ section: 'access', severity, kind, stack, address, reading, ...(source === undefined ? {} : { source }) }];
}
