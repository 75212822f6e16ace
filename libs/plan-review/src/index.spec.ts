import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as library from './index.ts';
import { createPlans } from './testdata/world.ts';

describe('the public surface', () => {
  it('is these names', () => {
    expect(Object.keys(library).toSorted()).toEqual([
      'LIMIT',
      'ReviewError',
      'parseAssumptions',
      'parsePlan',
      'parseWaivers',
      'prices',
      'readPrices',
      'renderJson',
      'renderMarkdown',
      'review',
      'sourcesOf',
      'verdictLine',
    ]);
  });
});

describe('the example of the README', () => {
  it('prints what it says', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const code = /```js\n(.*?)```/s.exec(readme)?.[1] ?? '';
    const said = [...code.matchAll(/\/\/ (\w+)$/gm)].map(([, text]) => text);
    const printed: unknown[] = [];
    // The README is this repository's own text.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
    new Function('parsePlan', 'renderMarkdown', 'review', 'text', 'console', code.replaceAll(/^import .*$/gm, ''))(
      library.parsePlan,
      library.renderMarkdown,
      library.review,
      JSON.stringify(createPlans().alb),
      { log: (text: unknown) => printed.push(String(text)) },
    );
    expect(said.length).toBe(2);
    expect(printed).toEqual(said);
  });
});

describe('the reference', () => {
  it('has every kind of finding that the sources give, and no other', () => {
    const reference = readFileSync(new URL('../../../docs/reference/plan-review.md', import.meta.url), 'utf8');
    const rows = [...reference.matchAll(/^\| (?:access|loss|widening|changes) +\| `([a-z-]+)`/gm)].map(
      ([, kind]) => kind,
    );
    const sources = [
      'access/listener-findings',
      'access/session-findings',
      'access/pool-findings',
      'access/client-findings',
      'access/placement-findings',
      'network/security-group-findings',
      'widening/policy-findings',
      'widening/switch-findings',
      'loss/loss',
      'loss/retention',
      'loss/waiver',
      'changes/plan-notes',
    ]
      .map((file) => readFileSync(new URL(`./${file}.ts`, import.meta.url), 'utf8'))
      .join('\n');
    expect(new Set(rows).size).toBe(rows.length);
    for (const kind of rows)
      expect(sources).toContain(kind === 'closes' ? 'closes:' : kind === 'opens' ? 'opens:' : `'${kind}'`);
    const given = [...sources.matchAll(/(?:kind: |'(?:stop|look|note)',\s*)'([a-z]+(?:-[a-z]+)*)'/g)].map(
      ([, kind]) => kind,
    );
    expect(
      [...new Set(given)].filter(
        (kind) =>
          !rows.includes(kind) &&
          !['connection', 'request', 'addresses', 'named', 'unknown', 'plan'].includes(kind ?? ''),
      ),
    ).toEqual([]);
  });
});
