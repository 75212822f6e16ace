import { describe, expect, it } from '@jest/globals';
import { thrown } from '../testdata/thrown.ts';
import { parseAssumptions } from './assumptions.ts';

describe('parseAssumptions', () => {
  it('reads a list', () => {
    expect(parseAssumptions('[{"name":"a.b","because":"not-given","kind":"x"}]', 'f')).toMatchObject([
      { name: 'a.b', because: 'not-given' },
    ]);
  });

  it.each(['', '{}', '[{"name":"a"}]'])('refuses %j', (text) => {
    expect(thrown(() => parseAssumptions(text, 'f')).code).toBe('ASSUMPTIONS_MALFORMED');
  });
});
