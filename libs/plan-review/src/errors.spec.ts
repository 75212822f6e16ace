import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readOptions } from './cli/options.ts';
import { run } from './cli/run.ts';
import { readPrices } from './cost/price-table.ts';
import { ReviewError, type ReviewErrorCode, reviewErrorCodes } from './errors.ts';
import { parseWaivers } from './loss/waiver.ts';
import { actionOf } from './plan/action.ts';
import { parseAssumptions } from './plan/assumptions.ts';
import { parsePlan } from './plan/parse-plan.ts';
import { review } from './review.ts';
import { thrown } from './testdata/thrown.ts';
import { createInputs, createPlans } from './testdata/world.ts';

const today = '2026-11-22';
const plan = (more: object): string => JSON.stringify({ format_version: '1.2', planned_values: {}, ...more });

/** A way to raise each code; a code without one does not compile. */
const raisedBy: Readonly<Record<Exclude<ReviewErrorCode, 'FILE_UNREADABLE'>, () => unknown>> = {
  NOT_JSON: () => parsePlan('no', 'x'),
  TRUNCATED: () => parsePlan('{', 'x'),
  NOT_A_PLAN: () => parsePlan('{}', 'x'),
  FORMAT_TOO_NEW: () => parsePlan(plan({ format_version: '2.0' }), 'x'),
  PLAN_MALFORMED: () => {
    const { ecr } = createPlans();
    return review([{ stack: 'ecr', plan: { ...ecr, resource_changes: ecr.resource_changes.slice(1) } }], { today });
  },
  PLAN_ERRORED: () => parsePlan(plan({ errored: true }), 'x'),
  ACTION_UNKNOWN: () => actionOf(['create', 'update'], 'x'),
  STACK_TWICE: () => review([...createInputs(), ...createInputs()], { today }),
  NO_PLANS: () => review([], { today }),
  ASSUMPTIONS_MALFORMED: () => parseAssumptions('{}', 'x'),
  WAIVERS_MALFORMED: () => parseWaivers('{"waivers":[{"address":"*"}]}', 'x'),
  PRICES_MALFORMED: () => readPrices({ date: 'yesterday' }, 'x'),
  OPTION_INVALID: () => readOptions(['--fail-on=nothing']),
};

describe('ReviewError', () => {
  it('says of what, what, why and how to mend it', () => {
    const text = { what: 'What', why: 'Why', mend: 'Mend' };
    expect(new ReviewError('NOT_JSON', 'x.json', text)).toMatchObject({
      name: 'ReviewError',
      code: 'NOT_JSON',
      subject: 'x.json',
      message: 'x.json: What. Why. Mend.',
    });
    expect(new ReviewError('NO_PLANS', '', text).message).toBe('What. Why. Mend.');
  });

  it.each(Object.entries(raisedBy))('%s is raised', (code, raise) => {
    expect(thrown(raise).code).toBe(code);
  });

  it('FILE_UNREADABLE is raised', async () => {
    const said: string[] = [];
    const shell = { out: () => undefined, err: (text: string) => void said.push(text), today: () => today };
    expect(await run(['no-such-file.json'], shell)).toBe(2);
    expect(said.join('')).toMatch(/^FILE_UNREADABLE: no-such-file\.json: /);
  });

  it('has a row in the README for each code, and for no other', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const rows = [...readme.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, code]) => code);
    expect(rows).toEqual([...reviewErrorCodes]);
  });
});
