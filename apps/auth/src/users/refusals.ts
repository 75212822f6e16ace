/** What a person is told when something with users could not be done. The codes are in docs/reference/user-administration.md. */
export interface Refusal {
  readonly status: number;
  readonly title: string;
  readonly text: string;
}

/** Every refusal of the user administration, by its code. */
export const refusals = {
  USER_UNKNOWN: {
    status: 404,
    title: 'There is no such user',
    text: 'Nobody of that name is in the user pool. They may have been deleted.',
  },
  GROUP_UNKNOWN: {
    status: 404,
    title: 'There is no such group',
    text: 'The user pool has no group of that name, so nothing was done. Groups are made in the stacks.',
  },
  USER_EXISTS: {
    status: 409,
    title: 'There is a user with that address',
    text: 'Nobody was invited. Search for the address to see who it is.',
  },
  USER_STATE: {
    status: 409,
    title: 'That cannot be done with this user now',
    text: 'Their account is in a state that does not allow it, so nothing was done. Somebody who has not used their invitation has no password to reset, and somebody who has needs no other.',
  },
  OWN_ACCOUNT: {
    status: 409,
    title: 'That would lock you out',
    text: 'You can neither disable your own account nor take yourself out of admins. Another administrator can.',
  },
  FORM_INVALID: {
    status: 400,
    title: 'Something in the form is missing or not right',
    text: 'Nothing was done. Go back, look at what you have filled in, and try again.',
  },
  FORM_REQUIRED: {
    status: 415,
    title: 'That request made no sense here',
    text: 'Changes are taken from the forms of these pages alone. Nothing was done.',
  },
  USER_POOL_REFUSED: {
    status: 400,
    title: 'The user pool does not take that',
    text: 'Something in the request is not as the user pool wants it: a page of a search that has changed, an address that is not verified. Nothing was done.',
  },
  USER_POOL_BUSY: {
    status: 503,
    title: 'Please try again in a moment',
    text: 'The user pool is asked for too much at the moment, or has sent all the mails that it may for now.',
  },
  USER_POOL_UNAVAILABLE: {
    status: 503,
    title: 'The user pool cannot be asked right now',
    text: 'The reason is in the log of the application. Look at the user before you try again: it may have been done.',
  },
} as const satisfies Readonly<Record<string, Refusal>>;

export type RefusalCode = keyof typeof refusals;

export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusals, code);
}
