import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { renderJson } from './render/json.ts';
import { renderMarkdown } from './render/markdown.ts';
import { review } from './review.ts';

/** Plans of HCL with modules, count, for_each, moved and removed blocks, a check and a secret, as Terraform made them. */
const plan = (name: 'create' | 'change'): unknown =>
  JSON.parse(readFileSync(new URL(`./testdata/shapes/${name}.plan.json`, import.meta.url), 'utf8'));
const reviewed = (name: 'create' | 'change') =>
  review([{ stack: 'shapes', plan: plan(name) }], { today: '2026-11-22' });

describe('a plan of HCL', () => {
  it('from nothing is safe', () => {
    expect(reviewed('create')).toMatchObject({ verdict: 'safe', findings: [] });
  });

  it('has each of its changes, by address', () => {
    const { findings } = reviewed('change');
    expect(findings.map(({ kind, address }) => `${kind} ${address}`)).toEqual([
      'destroyed module.more[1].terraform_data.secret',
      'destroyed module.more[1].terraform_data.thing["a"]',
      'destroyed module.more[1].terraform_data.thing["b/c"]',
      'replaced module.one.terraform_data.thing["a"]',
      'replaced module.one.terraform_data.thing["b/c"]',
      'destroyed terraform_data.gone',
      'incomplete ',
      'forgotten terraform_data.left',
      'moved terraform_data.new',
    ]);
  });

  it('says why something is replaced, and that its check fails', () => {
    const readings = reviewed('change').findings.map(({ reading }) => reading);
    expect(readings).toContainEqual(expect.stringContaining('because triggers_replace goes from [1] to [4]'));
    expect(readings).toContain('The check check.size does not pass');
  });

  it('keeps its secrets, and shows that they change', () => {
    for (const name of ['create', 'change'] as const) {
      const result = reviewed(name);
      expect(renderMarkdown(result) + renderJson(result)).not.toMatch(/canary-of-a/);
      expect(JSON.stringify(plan(name))).toMatch(/canary-of-a/);
    }
    expect(renderMarkdown(reviewed('change'))).toMatch(/`input\.password`: `hidden-\d` → `hidden-\d`/);
  });

  it('refuses a change that was cut out of it', () => {
    const cut = plan('change') as { resource_changes: { address: string }[] };
    cut.resource_changes = cut.resource_changes.filter(({ address }) => address !== 'module.one.terraform_data.secret');
    expect(() => review([{ stack: 'shapes', plan: cut }], { today: '2026-11-22' })).toThrow(/not among its changes/);
  });
});
