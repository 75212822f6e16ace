import { describe, expect, it } from '@jest/globals';

import { base } from './base.ts';

type Scheme = Readonly<Record<string, string>>;

const [light = '', dark = ''] = base.split('prefers-color-scheme: dark');
const schemes: readonly (readonly [name: string, scheme: Scheme])[] = [
  ['light', colours(light)],
  ['dark', { ...colours(light), ...colours(dark) }],
];

function colours(text: string): Scheme {
  const scheme: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)) scheme[name] = value;
  return scheme;
}

/** WCAG 2.2, "relative luminance". */
function luminance(colour: string | undefined): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt((colour ?? '').slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2.2, "contrast ratio". */
function contrast(one: string | undefined, other: string | undefined): number {
  const [dim = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

describe.each(schemes)('the %s colours', (_, scheme) => {
  it.each([
    ['ink', 'ground'],
    ['ink', 'card'],
    ['ink', 'stone'],
    ['soft', 'ground'],
    ['soft', 'card'],
    ['soft', 'stone'],
    ['accent', 'ground'],
    ['accent', 'card'],
    ['accent-strong', 'ground'],
    ['accent-strong', 'tint'],
    ['on-accent', 'accent'],
    ['on-accent', 'accent-strong'],
  ])('keep %s readable on %s (WCAG 2.2, 1.4.3: 4.5 to 1)', (text, ground) => {
    expect(contrast(scheme[text], scheme[ground])).toBeGreaterThanOrEqual(4.5);
  });

  it('keep the mark of a refusal apart from the ground (1.4.11: 3 to 1)', () => {
    expect(contrast(scheme['stop'], scheme['ground'])).toBeGreaterThanOrEqual(3);
  });
});
