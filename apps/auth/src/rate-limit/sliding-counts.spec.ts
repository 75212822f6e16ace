import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { SlidingCounts } from './sliding-counts.ts';

const WINDOW = 1000;
const counts = (maxKeys = 100): SlidingCounts => new SlidingCounts(WINDOW, maxKeys);
const admitted = (asked: SlidingCounts, key: string, limit: number, now: number): boolean =>
  asked.ask(key, limit, now).admitted;

describe('SlidingCounts', () => {
  it('admits as many as the limit, and says when the next is', () => {
    const asked = counts();
    for (let hit = 1; hit <= 3; hit++) expect(asked.ask('a', 3, 100)).toMatchObject({ hits: hit, admitted: true });
    expect(asked.ask('a', 3, 100)).toMatchObject({ hits: 3, admitted: false });
    expect(admitted(asked, 'b', 3, 100)).toBe(true);
  });

  it('lets the window slide: no double portion at its turn', () => {
    const asked = counts();
    for (let hit = 0; hit < 10; hit++) asked.ask('a', 10, 999);
    expect(admitted(asked, 'a', 10, 1000)).toBe(false);
    expect(admitted(asked, 'a', 10, 1500)).toBe(true);
    expect(admitted(asked, 'a', 10, 3000)).toBe(true);
  });

  it('admits after the wait that it named, and not just before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 }),
        (limit, gaps) => {
          const asked = counts();
          let now = 0;
          for (const gap of gaps) {
            now += gap;
            asked.ask('a', limit, now);
          }
          const { admitted: free, waitMs } = asked.ask('a', limit, now);
          if (free) return;
          expect(waitMs).toBeGreaterThan(0);
          if (waitMs > 1) expect(admitted(asked, 'a', limit, now + Math.ceil(waitMs) - 2)).toBe(false);
          expect(admitted(asked, 'a', limit, now + Math.ceil(waitMs) + 1)).toBe(true);
        },
      ),
    );
  });

  it('never admits twice the limit within the length of a window, wherever that begins', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 200 }), (gaps) => {
        const asked = counts();
        const times: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          if (admitted(asked, 'a', 5, now)) times.push(now);
        }
        for (const start of times) {
          expect(times.filter((time) => time >= start && time < start + WINDOW).length).toBeLessThan(10);
        }
      }),
    );
  });

  it('does not count what it refuses: who keeps trying is let in again as soon as others', () => {
    const asked = counts();
    for (let attempt = 0; attempt < 1000; attempt++) asked.ask('a', 2, 500);
    expect(admitted(asked, 'a', 2, 1999)).toBe(true);
  });

  it('remembers no more than so many keys, of a million too', () => {
    const asked = counts(1000);
    for (let key = 0; key < 1_000_000; key++) asked.ask(String(key), 5, key / 500);
    expect(asked.size).toBeLessThanOrEqual(2000);
  });
});
