import { describe, expect, it } from '@jest/globals';

import { failing } from './fail-on.ts';

describe('failing', () => {
  it.each([
    ['look', ['look', 'stop']],
    ['stop', ['stop']],
    ['never', []],
  ])('is, from %s on, %j', (from, verdicts) => {
    expect(failing(from)).toEqual(verdicts);
  });

  it.each(['safe', '', 'toString'])('is not said by %j', (word) => {
    expect(() => failing(word)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});
