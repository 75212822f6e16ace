import { expect, it } from '@jest/globals';
import { checkCode, makeCode } from './verification-code.ts';

it('a code is six digits, and what is stored does not show it', () => {
  const { code, pending } = makeCode(60, Date.now);
  expect(code).toMatch(/^\d{6}$/);
  expect(JSON.stringify(pending)).not.toContain(code);
});

it('a code holds until it expires', () => {
  let now = 0;
  const { code, pending } = makeCode(60, () => now);
  now = 59_999;
  expect(checkCode(pending, code, () => now)).toBe('match');
  expect(checkCode(pending, `${code}0`, () => now)).toBe('mismatch');
  now = 60_000;
  expect(checkCode(pending, code, () => now)).toBe('expired');
});

it('a code without tries left opens nothing, not even by itself', () => {
  const { code, pending } = makeCode(60, Date.now);
  expect(checkCode({ ...pending, triesLeft: 0 }, code, Date.now)).toBe('exhausted');
});
