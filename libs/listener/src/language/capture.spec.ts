import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Capture } from './capture.ts';
import { expressionOfRegex } from './from-regex.ts';

const captured = (regex: string, text: string): readonly number[] | undefined =>
  new Capture(expressionOfRegex(regex, 'sensitive')).of(text);

/** Without groups in repetitions: engines differ on what those remember of a time before. */
const patterns = fc.letrec<{ readonly whole: string }>((tie) => ({
  whole: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '(?:ab)*', '(?:a|b)??', 'a*', 'b+?', 'a{1,2}', 'b{0,2}?', '(?:a*)*'),
    fc.tuple(tie('whole'), tie('whole')).map((parts) => parts.join('')),
    fc.tuple(tie('whole'), tie('whole')).map((parts) => `(?:${parts.join('|')})`),
    tie('whole').map((part) => `(${part})`),
  ),
})).whole;
const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });

describe('Capture', () => {
  it('takes texts apart as JavaScript does', () => {
    fc.assert(
      fc.property(patterns, texts, fc.boolean(), fc.boolean(), (pattern, text, begin, end) => {
        const regex = `${begin ? '^' : ''}${pattern}${end ? '$' : ''}`;
        const expected = new RegExp(regex, 'd').exec(text)?.indices?.map((span) => span ?? [-1, -1]);
        expect(captured(regex, text)).toEqual(expected?.flat());
      }),
      { numRuns: 500 },
    );
  });

  it('knows nothing of what is outside the alphabet', () => {
    expect(captured('.', '\n')).toBeUndefined();
    expect(captured('(a)', 'aü')).toBeUndefined();
  });

  it.each(['^(a+)+$', '^(a|a)*$', '^(a*)*b', '^(.*)(.*)(.*)(.*)(.*)x$', '(a?){50}b'])(
    'tries each step of %s once at a place: no text takes exponential time',
    (regex) => {
      // Backtracking would try two to the power of thousands of ways.
      expect(captured(regex, `${'a'.repeat(4000)}!`)).toBeUndefined();
    },
  );
});
