import { type Notice } from './notices.ts';
import { type UserQuestion } from './user-pool.ts';

export const usersPath = '/admin/users';

/** Where a user's page is, and under it what can be changed. */
export function userPath(username: string): string {
  return `${usersPath}/${encodeURIComponent(username)}`;
}

/** Where a change ends: the user's page, which shows what they are now. */
export function afterChange(username: string, notice: Notice): string {
  return `${userPath(username)}?done=${notice}`;
}

/** A page of the list. */
export function listPath({ search, after }: UserQuestion): string {
  const query = new URLSearchParams({
    ...(search !== undefined && { by: search.by, search: search.text }),
    ...(after !== undefined && { after }),
  }).toString();
  return query === '' ? usersPath : `${usersPath}?${query}`;
}
