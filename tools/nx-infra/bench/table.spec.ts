import { describe, expect, it } from '@jest/globals';

import { renderPlans } from './table.ts';

describe('renderPlans', () => {
  it('takes the ratio within each round, and the median of these', () => {
    const table = renderPlans([
      { together: 10, apart: 15 },
      { together: 20, apart: 40 },
      { together: 10, apart: 11 },
    ]);
    expect(table).toContain('| **infra:plan** | 10.0, 20.0, 10.0 | 1.50 | ≥ 1.40: met |');
    expect(table).toContain('| 15.0, 40.0, 11.0 |');
  });

  it('says when the limit is missed, or nothing was measured', () => {
    expect(renderPlans([{ together: 10, apart: 13.9 }])).toContain('1.39 | ≥ 1.40: **missed**');
    expect(renderPlans([])).toContain('**missed**');
  });
});
