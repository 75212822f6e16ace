import { type User } from '@gatehouse/claims';

/** What a person is called on a page; never a key. A user is known by issuer and subject. */
export function displayName(user: Pick<User, 'name' | 'email' | 'username'>): string {
  return user.name?.trim() || user.email || user.username;
}

/** One or two letters for the arch: of the first and the last word of a name, or of what is before the `@`. */
export function initials(name: string): string {
  const words = (name.split('@')[0] ?? '').split(/[\s._-]+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}
