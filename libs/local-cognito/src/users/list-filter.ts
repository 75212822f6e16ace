import { type SignInSettings } from '../settings/user-pool-settings.ts';
import { type User } from './user.ts';

/** Whether a user is one of those that were asked for. */
export type UserFilter = (user: User) => boolean;

/** cognito-idp API, ListUsers: the attributes that can be searched for. Custom ones cannot. */
const searchable = [
  'cognito:user_status',
  'email',
  'family_name',
  'given_name',
  'name',
  'phone_number',
  'preferred_username',
  'status',
  'sub',
  'username',
] as const;

type Searchable = (typeof searchable)[number];

/**
 * Reads a filter of ListUsers: `name = "value"`, or `name ^= "value"` for what begins with it. A quotation mark inside
 * is escaped with a backslash.
 *
 * @returns `undefined` when it is none; the text of a problem is Cognito's affair
 */
export function parseFilter(
  text: string,
  username: (user: User) => string,
  { caseSensitive }: SignInSettings,
): UserFilter | undefined {
  const [, name, operator, quoted = ''] = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(text) ?? [];
  const attribute = searchable.find((candidate) => candidate === name);
  if (!attribute) return undefined;
  const wanted = quoted.replace(/\\(.)/g, '$1');
  const fold = (value: string): string => (caseSensitive || attribute === 'sub' ? value : value.toLowerCase());
  const value = valueOf(attribute, username);
  const folded = fold(wanted);
  return operator === '='
    ? (user) => fold(value(user)) === folded
    : (user) => value(user) !== '' && fold(value(user)).startsWith(folded);
}

function valueOf(attribute: Searchable, username: (user: User) => string): (user: User) => string {
  switch (attribute) {
    case 'sub':
      return ({ sub }) => sub;
    case 'username':
      return username;
    case 'cognito:user_status':
      return ({ status }) => status;
    case 'status':
      return ({ enabled }) => (enabled ? 'Enabled' : 'Disabled');
    default:
      return ({ attributes }) => attributes[attribute] ?? '';
  }
}
