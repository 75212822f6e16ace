import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

import { actions } from '../audit/change.decorator.ts';
import { isRefusalCode, refusals } from './refusals.ts';

const page = await readFile(join(import.meta.dirname, '../../../../docs/reference/user-administration.md'), 'utf8');

it('documents every refusal with its status', () => {
  const rows = [...page.matchAll(/^\| `([A-Z_]+)` +\| (\d{3}) /gm)].map(([, code, status]) => [code, Number(status)]);
  expect(rows).toEqual(Object.entries(refusals).map(([code, { status }]) => [code, status]));
});

it('documents every action of the audit log that is about users', () => {
  const rows = [...page.matchAll(/\| `(user\.[a-z-]+)` +\|$/gm)].map(([, action]) => action);
  expect(rows).toEqual(actions.filter((action) => action.startsWith('user.')));
});

it('takes no inherited name for a refusal', () => {
  expect(['OWN_ACCOUNT', 'toString', 'constructor', 'own_account'].map(isRefusalCode)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
