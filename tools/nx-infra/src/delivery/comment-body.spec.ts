import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { commentBody, LONGEST_BODY, MARK, reviewsOf } from './comment-body.ts';

const commit = (index: number) => index.toString(16).padStart(40, '0');
const review = fc.record({
  commit: fc.integer({ min: 1, max: 1_000_000 }).map(commit),
  text: fc.oneof(
    fc.string({ maxLength: 60_000 }),
    fc.constantFrom('<!-- gatehouse: end -->', '<!-- gatehouse: of abcdef0 -->\nx', '</details>', 'x'.repeat(80_000)),
  ),
});

describe('commentBody', () => {
  it('has the newest review open and those before it folded, newest first', () => {
    const first = commentBody({ commit: commit(1), text: 'One' }, undefined);
    expect(first.startsWith(MARK)).toBe(true);
    expect(first).not.toContain('<details>');
    const third = commentBody(
      { commit: commit(3), text: 'Three' },
      commentBody({ commit: commit(2), text: 'Two' }, first),
    );
    expect(reviewsOf(third)).toEqual([
      { commit: commit(3), text: 'Three' },
      { commit: commit(2), text: 'Two' },
      { commit: commit(1), text: 'One' },
    ]);
    expect(third.indexOf('Three')).toBeLessThan(third.indexOf('<details>'));
    expect(third.match(/<details>/g)).toHaveLength(2);
    expect(third.match(/<\/details>/g)).toHaveLength(2);
  });

  it('has a commit that is reviewed again once', () => {
    const once = commentBody({ commit: commit(1), text: 'One' }, undefined);
    const again = commentBody({ commit: commit(1), text: 'One, again' }, once);
    expect(reviewsOf(again)).toEqual([{ commit: commit(1), text: 'One, again' }]);
  });

  it('drops the oldest where there is no room, and cuts the newest last', () => {
    let body: string | undefined;
    for (let index = 1; index <= 5; index += 1)
      body = commentBody({ commit: commit(index), text: 'x'.repeat(20_000) }, body);
    expect(reviewsOf(body ?? '').map((each) => each.commit)).toEqual([commit(5), commit(4), commit(3)]);
    const long = commentBody({ commit: commit(6), text: 'A line.\n'.repeat(20_000) }, body);
    expect(long.length).toBeLessThanOrEqual(LONGEST_BODY);
    expect(long).toMatch(/A line\.\n\n…\n\n\*\*Cut here/);
    expect(reviewsOf(long)).toHaveLength(1);
  });

  it('is never longer than GitHub takes, can be read again, and is not ended early by what is in a review', () => {
    fc.assert(
      fc.property(fc.array(review, { minLength: 1, maxLength: 6 }), (reviews) => {
        let body: string | undefined;
        for (const each of reviews) {
          body = commentBody(each, body);
          expect(body.length).toBeLessThanOrEqual(LONGEST_BODY);
          expect(body.startsWith(MARK)).toBe(true);
          expect(reviewsOf(body)[0]?.commit).toBe(each.commit);
          const found = reviewsOf(body).map((one) => one.commit);
          expect(new Set(found).size).toBe(found.length);
        }
      }),
      { numRuns: 40 },
    );
  });
});
