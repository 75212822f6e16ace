import { expect, it } from '@jest/globals';
import fc from 'fast-check';

import { readQuestion } from './forms.ts';
import { afterChange, listPath, userPath } from './paths.ts';

it('brings a search and the token of a page back as they were', () => {
  expect(listPath({})).toBe('/admin/users');
  const token = fc.stringMatching(/^[!-~]{1,200}$/);
  fc.assert(
    fc.property(token, token, (after, text) => {
      const question = { search: { by: 'name', text }, after } as const;
      const url = new URL(listPath(question), 'https://app.example.com');
      expect(readQuestion(Object.fromEntries(url.searchParams))).toEqual(question);
    }),
  );
});

it('keeps a username in its one segment', () => {
  expect(userPath('../admins?x#y')).toBe('/admin/users/..%2Fadmins%3Fx%23y');
  expect(afterChange('ada', 'left')).toBe('/admin/users/ada?done=left');
});
