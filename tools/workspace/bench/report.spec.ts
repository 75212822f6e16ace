import { describe, expect, it } from '@jest/globals';

import { insertTables } from './report.ts';

const REPORT = 'before\n<!-- bench:claims -->\nold\n<!-- /bench:claims -->\nafter\n';

describe('insertTables', () => {
  it('replaces what stands between the markers of a group, and nothing else', () => {
    const once = insertTables(REPORT, 'claims', 'new');
    expect(once).toBe('before\n<!-- bench:claims -->\n\nnew\n\n<!-- /bench:claims -->\nafter\n');
    expect(insertTables(once, 'claims', 'new')).toBe(once);
  });

  it('refuses a report without them', () => {
    expect(() => insertTables(REPORT, 'workspace', 'new')).toThrow('<!-- bench:workspace -->');
    expect(() => insertTables('<!-- bench:claims -->', 'claims', 'new')).toThrow('<!-- /bench:claims -->');
  });
});
