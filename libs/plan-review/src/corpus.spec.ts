import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { type Assumption } from './plan/model.ts';
import { LIMIT, renderMarkdown } from './render/markdown.ts';
import { type Review, review, type StackInput } from './review.ts';

/** What a set of plans must be found to do: these findings in this order, and no others. */
interface Row {
  /** The file in `plans`, without its end. */
  readonly plans: string;
  readonly verdict: Review['verdict'];
  readonly findings: readonly string[];
  /** Parts of the Markdown. @default none in particular */
  readonly says?: readonly string[];
  /** What is secret in the plans, and comes out nowhere. @default nothing */
  readonly keeps?: readonly string[];
}

type Plans = Readonly<Record<string, { readonly plan: unknown; readonly assumptions: readonly Assumption[] }>>;

const CORPUS = new URL('../corpus/', import.meta.url);
const FOLDER = new URL('plans/', CORPUS);
const MEGABYTE = 1_000_000;

const compressed = (name: string): Buffer => readFileSync(new URL(`${name}.json.gz`, FOLDER));
const text = (name: string): string => gunzipSync(compressed(name)).toString();
const plansOf = (name: string): Plans => JSON.parse(text(name)) as Plans;
const names = readdirSync(FOLDER).map((file) => file.replace('.json.gz', ''));
const applied = plansOf('applied');
const table = JSON.parse(readFileSync(new URL('table.json', CORPUS), 'utf8')) as readonly Row[];

/** As `infra:review` does: what an edit does not touch is planned too, and does not change. */
function reviewed(name: string): Review {
  const plans = { ...applied, ...plansOf(name) };
  const inputs = Object.entries(plans).map(([stack, each]): StackInput => ({ stack, ...each }));
  return review(inputs, { today: '2026-11-22' });
}

describe('the corpus', () => {
  it('has a row for each set of plans, and plans for each row', () => {
    expect(table.map(({ plans }) => plans).toSorted()).toEqual(names.toSorted());
    expect(table.length).toBeGreaterThanOrEqual(60);
  });

  it('is small, and tells nothing of where it was made', () => {
    const size = names.reduce((sum, name) => sum + compressed(name).length, 0);
    expect(size).toBeLessThan(5 * MEGABYTE);
    for (const name of names) {
      const all = text(name);
      expect(all).not.toMatch(/"(?:\/(?:home|root|tmp|work|Users)\/|[A-Z]:\\\\)/);
      const accounts = new Set([...all.matchAll(/\barn:aws:[\w-]*:[\w-]*:(\d{12}):/g)].map(([, account]) => account));
      // The simulated account, and the one that an edit lets in.
      expect([...accounts].filter((account) => account !== '222222222222' && account !== '333333333333')).toEqual([]);
    }
  });

  it.each(table.map((row): [string, Row] => [row.plans, row]))('%s has these findings and no others', (name, row) => {
    const result = reviewed(name);
    const { findings, verdict } = result;
    expect({
      verdict,
      findings: findings.map(({ severity, kind, stack, address }) => `${severity} ${kind} ${stack}/${address}`),
    }).toEqual({ verdict: row.verdict, findings: row.findings });
    const markdown = renderMarkdown(result);
    expect(markdown.length).toBeLessThanOrEqual(LIMIT);
    for (const part of row.says ?? []) expect(markdown).toContain(part);
    for (const part of row.keeps ?? []) expect(markdown + JSON.stringify(result)).not.toContain(part);
  });
});
