import { describe, expect, it } from '@jest/globals';

import { acceptsHtml } from './accepts-html.ts';

describe('acceptsHtml', () => {
  it.each<[string | undefined, boolean]>([
    ['text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8', true],
    ['Text/HTML; q=0.5', true],
    ['text/html, application/json', true],
    ['application/json', false],
    ['application/json, text/html;q=0.9', false],
    ['*/*', false],
    ['text/*', false],
    ['text/html;q=0', false],
    ['text/html;q=rubbish', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (accept, expected) => {
    expect(acceptsHtml(accept)).toBe(expected);
  });
});
