import { describe, expect, it } from '@jest/globals';
import { favicon, stylesheet } from './stylesheet.ts';

const [light = '', dark = ''] = stylesheet.split('prefers-color-scheme: dark');

function colours(css: string): ReadonlyMap<string, string> {
  return new Map([...css.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]));
}

/** WCAG 2.2, "relative luminance". */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe.each([
  ['light', colours(light)],
  ['dark', colours(dark)],
])('the %s colours', (_, scheme) => {
  it.each([
    ['ink', 'ground', 4.5],
    ['ink', 'card', 4.5],
    ['soft', 'card', 4.5],
    ['soft', 'stone', 4.5],
    ['stop', 'stop-tint', 4.5],
    ['on-accent', 'accent', 4.5],
    ['on-accent', 'accent-strong', 4.5],
    ['edge', 'card', 3],
    ['stop', 'card', 3],
    ['accent', 'card', 3],
  ])('keep %s apart from %s by %d to 1', (one, other, ratio) => {
    const [a, b] = [scheme.get(one) ?? '', scheme.get(other) ?? ''].map(luminance).sort((x, y) => y - x);
    expect(((a ?? 0) + 0.05) / ((b ?? 0) + 0.05)).toBeGreaterThanOrEqual(ratio);
  });
});

it('nothing is fetched from elsewhere', () => {
  expect(stylesheet).not.toMatch(/url\(|@import/);
  expect(favicon.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
});
