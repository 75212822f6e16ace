import { describe, expect, it } from '@jest/globals';

import { formatDistance, formatInstant } from './instant.ts';

const now = new Date('2025-03-01T22:10:00Z');

describe('formatInstant', () => {
  it('names the day only when it is another one', () => {
    expect(formatInstant(new Date('2025-03-01T23:05:00Z'), now)).toBe('23:05 UTC');
    expect(formatInstant(new Date('2025-03-02T00:05:00Z'), now)).toBe('2 March 2025, 00:05 UTC');
  });
});

describe('formatDistance', () => {
  it.each<[number, string]>([
    [59, 'in 59 seconds'],
    [2580, 'in 43 minutes'],
    [7199, 'in 120 minutes'],
    [7200, 'in 2 hours'],
    [7 * 86400, 'in 7 days'],
    [-1200, '20 minutes ago'],
  ])('%d seconds is %s', (seconds, expected) => {
    expect(formatDistance(seconds)).toBe(expected);
  });
});
