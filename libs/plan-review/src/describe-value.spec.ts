import { describe, expect, it } from '@jest/globals';
import { describeValue } from './describe-value.ts';

describe('describeValue', () => {
  it.each([
    [undefined, 'nothing'],
    [null, 'nothing'],
    ['text', 'text'],
    [false, 'false'],
    [{ a: [1] }, '{"a":[1]}'],
    ['x'.repeat(121), `${'x'.repeat(119)}…`],
    ['x'.repeat(120), 'x'.repeat(120)],
  ])('%j is %s', (value, text) => {
    expect(describeValue(value)).toBe(text);
  });
});
