/** What users can be looked for by: of the attributes that ListUsers searches, those that people know. */
export const searchable = ['email', 'name', 'sub'] as const;

export type Searchable = (typeof searchable)[number];

export interface Search {
  readonly by: Searchable;
  /** What it begins with. */
  readonly text: string;
}

/**
 * The `Filter` of ListUsers for whatever begins with a text. A quotation mark in it, and the backslash that escapes one,
 * are escaped, so that a text stays a text. Source: cognito-idp API, ListUsers.
 */
export function userFilter({ by, text }: Search): string {
  return `${by} ^= "${text.replace(/["\\]/g, '\\$&')}"`;
}
