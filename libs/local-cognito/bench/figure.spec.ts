import { expect, it } from '@jest/globals';
import { median, renderFigures } from './figure.ts';

it('says which limits are met, and which are not', () => {
  const table = renderFigures([
    { name: 'logins', value: 600, unit: '/min', limit: { kind: 'at least', value: 500 } },
    { name: 'start', value: 3.5, unit: 's', limit: { kind: 'at most', value: 3 } },
    { name: 'memory', value: 200.4, unit: 'MB' },
  ]);
  expect(table.split('\n').slice(2)).toEqual([
    '| logins | 600 /min | at least 500 /min: met |',
    '| start | 3.50 s | at most 3 s: **missed** |',
    '| memory | 200 MB |  |',
  ]);
});

it('takes the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([])).toBeNaN();
});
