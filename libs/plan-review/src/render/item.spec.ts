import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fit, type Part } from './item.ts';

const part = (count: number, importance: (index: number) => number, length = 40): Part => ({
  head: '## Part\n',
  items: Array.from({ length: count }, (_, index) => ({
    importance: importance(index),
    text: `- ${index} ${'x'.repeat(length)}`,
  })),
  empty: 'Nothing.',
});

describe('fit', () => {
  it('leaves nothing out where there is room', () => {
    expect(fit([part(3, () => 1, 1), part(0, () => 1)], 1000)).toBe(
      '## Part\n\n- 0 x\n- 1 x\n- 2 x\n\n## Part\n\nNothing.\n',
    );
  });

  it('leaves the least important out, and says how many', () => {
    const text = fit([part(100, (index) => (index === 70 ? 10 : 1))], 1500);
    expect(text).toContain('- 70 ');
    expect(text).not.toContain('- 99 ');
    expect(text.length).toBeLessThanOrEqual(1500);
    const shown = text.match(/^- /gm)?.length ?? 0;
    expect(text).toContain(`_${100 - shown} more are left out`);
  });

  it('leaves whole parts out where headings alone are too long, and says so', () => {
    const text = fit(
      Array.from({ length: 500 }, () => part(1, () => 1)),
      5000,
    );
    expect(text.length).toBeLessThanOrEqual(5000);
    expect(text).toContain('_500 parts are too many');
    expect(text.match(/## Part/g)?.length).toBeGreaterThan(5);
  });

  it('has the details of the most important where there is room for some', () => {
    const items = [1, 3, 2].map((importance) => ({
      importance,
      text: `- ${importance}`,
      more: ` more of ${importance}`,
    }));
    const parts = [{ head: '## Part\n', items, empty: '' }];
    expect(fit(parts, 1000)).toBe('## Part\n\n- 1 more of 1\n- 3 more of 3\n- 2 more of 2\n');
    expect(fit(parts, 45)).toBe('## Part\n\n- 1\n- 3 more of 3\n- 2 more of 2\n');
    expect(fit(parts, 25)).toBe('## Part\n\n- 1\n- 3\n- 2\n');
  });

  it('is never longer than it may be', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(300), fc.nat(5), fc.nat(3000)), { maxLength: 6 }), (parts) => {
        const text = fit(
          parts.map(([count, importance, length]) => part(count, (index) => (index % 3) * importance, length)),
          10_000,
        );
        expect(text.length).toBeLessThanOrEqual(10_000);
      }),
    );
  });
});
