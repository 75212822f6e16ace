import { type Invitation, type UserQuestion } from './user-pool.ts';
import { refuse } from './refuse.ts';
import { searchable } from './user-filter.ts';

/** What came with a request: texts, lists of texts, or nothing at all. */
export type Fields = Readonly<Record<string, unknown>> | undefined | null;

/** cognito-idp API, UsernameType and GroupNameType. */
const NAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;
/** What is mailed to. That it exists, its owner proves by signing in. */
const ADDRESS = /^[^\s@<>()[\]\\,;:"\p{C}]+@[^\s@<>()[\]\\,;:"\p{C}]+\.[^\s@<>()[\]\\,;:"\p{C}]+$/u;
const PERSON = /^[^\p{Cc}]{1,200}$/u;
/** The API says no more of a PaginationToken than that it has no spaces. What a URL has room for. */
const TOKEN = /^\S{1,8000}$/;
/** With the rest of a filter, below the 256 characters that the API takes, escaped too. */
const MAX_SEARCH = 100;

/**
 * A username out of a path.
 *
 * @throws {HttpException} `USER_UNKNOWN`: what is no username is nobody's
 */
export function readUsername(given: string): string {
  if (!NAME.test(given)) throw refuse('USER_UNKNOWN');
  return given;
}

/** @throws {HttpException} `FORM_INVALID` */
export function readGroup(form: Fields): string {
  const group = field(form, 'group');
  if (group === undefined || !NAME.test(group)) throw refuse('FORM_INVALID');
  return group;
}

/** @throws {HttpException} `FORM_INVALID` */
export function readInvitation(form: Fields): Invitation {
  const email = field(form, 'email');
  const name = field(form, 'name');
  if (email === undefined || email.length > 128 || !ADDRESS.test(email)) throw refuse('FORM_INVALID');
  if (name !== undefined && !PERSON.test(name)) throw refuse('FORM_INVALID');
  return { email, ...(name !== undefined && { name }) };
}

/**
 * What the list is asked for. Of a search that is too long there is nobody, so it is refused, as is a page that is none.
 *
 * @throws {HttpException} `FORM_INVALID`
 */
export function readQuestion(query: Fields): UserQuestion {
  const by = searchable.find((name) => name === field(query, 'by')) ?? 'email';
  const text = field(query, 'search');
  const after = field(query, 'after');
  if (text !== undefined && (text.length > MAX_SEARCH || /\p{Cc}/u.test(text))) throw refuse('FORM_INVALID');
  if (after !== undefined && !TOKEN.test(after)) throw refuse('FORM_INVALID');
  return { ...(text !== undefined && { search: { by, text } }), ...(after !== undefined && { after }) };
}

/** A field that was filled in, without the spaces around it. */
export function field(fields: Fields, name: string): string | undefined {
  const value = fields?.[name];
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  return trimmed === '' ? undefined : trimmed;
}
