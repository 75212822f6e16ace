import { describe, expect, it } from '@jest/globals';
import { type Finding } from '../model.ts';
import { thrown } from '../testdata/thrown.ts';
import { applyWaivers, parseWaivers, type Waiver } from './waiver.ts';

const today = '2026-11-22';
const finding: Finding = {
  section: 'loss',
  severity: 'stop',
  kind: 'replaced',
  stack: 'cognito',
  address: 'aws_cognito_user_pool.pool',
  reading: 'It is replaced',
};
const waiver: Waiver = { address: finding.address, action: 'replace', reason: 'Meant', expires: '2026-11-22' };
const applied = (waivers: readonly Waiver[], findings: readonly Finding[] = [finding]) =>
  applyWaivers(findings, waivers, today).map(({ severity, kind }) => `${severity} ${kind}`);

describe('applyWaivers', () => {
  it('lets what is meant pass to be looked at, with the reason', () => {
    expect(applyWaivers([finding], [waiver], today)).toEqual([
      { ...finding, severity: 'look', waived: { reason: 'Meant', expires: '2026-11-22' } },
    ]);
  });

  it.each<[string, Partial<Waiver>, readonly string[]]>([
    ['another address', { address: 'aws_cognito_user_pool.other' }, ['stop replaced', 'look waiver-unused']],
    ['another action', { action: 'destroy' }, ['stop replaced', 'look waiver-unused']],
    ['another stack', { stack: 'alb' }, ['stop replaced', 'look waiver-unused']],
    ['the stack', { stack: 'cognito' }, ['look replaced']],
    ['a day too late', { expires: '2026-11-21' }, ['stop replaced', 'look waiver-expired']],
  ])('of %s', (_, change, expected) => {
    expect(applied([{ ...waiver, ...change }])).toEqual(expected);
  });

  it('covers nothing that need not be covered, nor what has no waiver', () => {
    expect(applied([waiver], [{ ...finding, severity: 'look' }])).toEqual(['look replaced', 'look waiver-unused']);
    expect(applied([{ ...waiver, action: 'open' }], [{ ...finding, kind: 'undecided' }])).toEqual([
      'stop undecided',
      'look waiver-unused',
    ]);
  });
});

describe('parseWaivers', () => {
  it('reads a file of them', () => {
    expect(parseWaivers(JSON.stringify({ waivers: [waiver] }), 'w.json')).toEqual([waiver]);
  });

  it.each([
    'no JSON',
    '[]',
    JSON.stringify({ waivers: [{ ...waiver, expires: 'never' }] }),
    JSON.stringify({ waivers: [{ ...waiver, reason: ' ' }] }),
    JSON.stringify({ waivers: [{ ...waiver, action: 'everything' }] }),
    JSON.stringify({ waivers: [{ ...waiver, adress: 'misspelt' }] }),
  ])('refuses %s', (text) => {
    expect(thrown(() => parseWaivers(text, 'w.json')).code).toBe('WAIVERS_MALFORMED');
  });
});
