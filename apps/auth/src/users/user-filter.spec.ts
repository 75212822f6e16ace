import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { userFilter } from './user-filter.ts';

describe('userFilter', () => {
  it('asks for what begins with a text', () => {
    expect(userFilter({ by: 'email', text: 'ada@' })).toBe('email ^= "ada@"');
    expect(userFilter({ by: 'name', text: 'Ada "the" \\' })).toBe('name ^= "Ada \\"the\\" \\\\"');
  });

  it('has one text in it, whatever the text is: it cannot be left', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', '\\', 'a', ' ', '=') }), (text) => {
        const [, quoted] = /^sub \^= "((?:[^"\\]|\\.)*)"$/.exec(userFilter({ by: 'sub', text })) ?? [];
        expect(quoted?.replace(/\\(.)/g, '$1')).toBe(text);
      }),
    );
  });
});
