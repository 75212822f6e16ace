import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { code, prose } from './escape.ts';

describe('prose', () => {
  it.each([
    ['a_b *c* [d](e) `f` ~g~ $h$ | \\', 'a\\_b \\*c\\* \\[d\\](e) \\`f\\` \\~g\\~ \\$h\\$ \\| \\\\'],
    ['<img src=x onerror=alert(1)> & <!-- x', '&lt;img src=x onerror=alert(1)&gt; &amp; &lt;!-- x'],
    ['@everyone #12 https://example.com', '@<!-- -->everyone #<!-- -->12 https:<!-- -->//example.com'],
    ['one\r\ntwo\tthree', 'one two three'],
    ['right\u202eleft\u0000\u200b', 'right\\\\u202eleft\\\\u0000\\\\u200b'],
  ])('shows %j as it is', (text, markdown) => {
    expect(prose(text)).toBe(markdown);
  });
});

describe('code', () => {
  it.each([
    ['plain', '`plain`'],
    ['a | b', '`a \\| b`'],
    ['with `ticks`', '`` with `ticks` ``'],
    ['', '` `'],
    ['line\nbreak', '`line break`'],
  ])('shows %j as %j', (text, markdown) => {
    expect(code(text)).toBe(markdown);
  });

  it('is one span on one line, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const [, fence = '', inner = ''] = /^(`+)(.*?)\1$/s.exec(code(text)) ?? [];
        expect(code(text)).not.toMatch(/[\n\r]/);
        expect((inner.match(/`+/g) ?? []).every((run) => run.length !== fence.length)).toBe(true);
      }),
    );
  });
});
