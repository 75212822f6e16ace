import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { renderJson } from './render/json.ts';
import { renderMarkdown } from './render/markdown.ts';
import { review, type StackInput } from './review.ts';
import { thrown } from './testdata/thrown.ts';

/** What a plan of another shape must be found to do, or what it must be refused for. */
type Row = { readonly shape: string } & (
  | {
      readonly verdict: string;
      /** These in this order, and no others. */
      readonly findings: readonly string[];
      /** Parts of the Markdown. @default none in particular */
      readonly says?: readonly string[];
      /** What is secret in the plan, and comes out nowhere. @default nothing */
      readonly keeps?: readonly string[];
    }
  /** With this code, whatever else is in the plan. */
  | { readonly refused: string }
);

type Plans = Readonly<Record<string, Omit<StackInput, 'stack'>>>;

const CORPUS = new URL('../corpus/', import.meta.url);
const FOLDER = new URL('shapes/', CORPUS);
const names = readdirSync(FOLDER).map((file) => file.replace('.json.gz', ''));
const table = JSON.parse(readFileSync(new URL('shapes.json', CORPUS), 'utf8')) as readonly Row[];
const text = (name: string): string => gunzipSync(readFileSync(new URL(`${name}.json.gz`, FOLDER))).toString();
const inputs = (name: string): readonly StackInput[] =>
  Object.entries(JSON.parse(text(name)) as Plans).map(([stack, each]) => ({ stack, ...each }));
const reviewed = (name: string) => review(inputs(name), { today: '2026-11-22' });

describe('plans of other shapes', () => {
  it('have a row each', () => {
    expect(table.map(({ shape }) => shape).toSorted()).toEqual(names.toSorted());
  });

  it.each(names)('%s tells nothing of where it was made', (name) => {
    expect(text(name)).not.toMatch(/"(?:\/(?:home|root|tmp|work|Users)\/|[A-Z]:\\\\)/);
  });

  it.each(table.map((row): [string, Row] => [row.shape, row]))('%s', (name, row) => {
    if ('refused' in row) {
      expect(inputs(name).some(({ plan }) => (plan as { errored?: unknown }).errored === true)).toBe(true);
      expect(thrown(() => reviewed(name))).toMatchObject({ code: row.refused });
      return;
    }
    const result = reviewed(name);
    const findings = result.findings.map(
      ({ severity, kind, stack, address }) => `${severity} ${kind} ${stack}/${address}`,
    );
    expect({ verdict: result.verdict, findings }).toEqual({ verdict: row.verdict, findings: row.findings });
    const written = renderMarkdown(result);
    for (const part of row.says ?? []) expect(written).toContain(part);
    for (const part of row.keeps ?? []) {
      // Else it could not come out.
      expect(text(name)).toContain(part);
      expect(written + renderJson(result)).not.toContain(part);
    }
  });
});
