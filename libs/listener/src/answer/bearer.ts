import { type Condition } from '../model.ts';

/**
 * Whether the condition lets only requests with a bearer token through (RFC 6750 section 2.1), of whatever content. A
 * regular expression is not looked into.
 */
export function asksForBearer(condition: Condition): boolean {
  return (
    condition.field === 'http-header' &&
    condition.name.toLowerCase() === 'authorization' &&
    (condition.regexValues ?? []).length === 0 &&
    condition.values.length > 0 &&
    condition.values.every((value) => /^bearer /i.test(value))
  );
}
