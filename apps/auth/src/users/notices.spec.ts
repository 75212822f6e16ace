import { expect, it } from '@jest/globals';

import { noticeOf, notices } from './notices.ts';

it('has words for its own keys alone', () => {
  expect(noticeOf('disabled')).toBe(notices.disabled);
  for (const key of ['Your account is at risk, call 555', 'toString', '__proto__', '', undefined, ['disabled'], 1]) {
    expect(noticeOf(key)).toBeUndefined();
  }
});
