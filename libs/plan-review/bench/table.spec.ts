import { describe, expect, it } from '@jest/globals';
import { measure } from './measure.ts';
import { render } from './table.ts';

describe('the figures', () => {
  it('are of plans with that many resources, and stand beside their limits', () => {
    const measured = measure(150, 1);
    expect(measured).toMatchObject({ resources: 150, counts: expect.objectContaining({ stop: expect.any(Number) }) });
    const table = render(
      [{ ...measured, resources: 300, seconds: 0.5, processorSeconds: 0.4, megabytes: 1.25 }],
      123.4,
    );
    expect(table).toMatch(/\| 300 \| 1\.[23] MB \| 0\.50 s \| 0\.40 s \| 1 s \| \d+ \|/);
    expect(table).toContain('Memory: 123 MB, at most 500 MB.');
  });
});
