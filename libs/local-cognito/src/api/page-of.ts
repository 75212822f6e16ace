import { invalidParameter } from './cognito-error.ts';

/** Something that is listed, at a place that it keeps. */
interface Placed {
  readonly position: number;
}

/** Some of a list, and where to go on. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

/** The most that the API gives at once. */
const most = 60;

/**
 * A page of a list (cognito-idp API: Limit, PaginationToken or NextToken).
 *
 * @param token of the page before, as it was handed out
 * @throws CognitoError `InvalidParameterException` for a token that was not
 */
export function pageOf<Item extends Placed>(
  items: Iterable<Item>,
  limit: number | undefined,
  token: string | undefined,
): Page<Item> {
  const after = token === undefined ? -1 : positionIn(token);
  const size = limit === undefined || limit === 0 ? most : Math.min(limit, most);
  const found: Item[] = [];
  for (const item of items) {
    if (item.position <= after) continue;
    const last = found.at(-1);
    if (found.length === size && last) return { items: found, next: tokenAt(last.position) };
    found.push(item);
  }
  return { items: found };
}

function tokenAt(position: number): string {
  return Buffer.from(`page ${position}`).toString('base64url');
}

function positionIn(token: string): number {
  const [, position] = /^page (\d{1,15})$/.exec(Buffer.from(token, 'base64url').toString('utf8')) ?? [];
  if (position === undefined) throw invalidParameter('Invalid pagination token.');
  return Number(position);
}
