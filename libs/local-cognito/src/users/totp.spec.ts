import { describe, expect, it } from '@jest/globals';
import { generate } from 'otplib';
import { checkTotp, makeTotpSecret, totpUri } from './totp.ts';

/** RFC 6238, appendix B: the secret of its SHA-1 vectors, in Base32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('checkTotp', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [2_000_000_000, '279037'],
  ])('takes the code of RFC 6238 at %d s', async (seconds, code) => {
    const answer = await checkTotp({ secret, lastStep: -1 }, code, () => seconds * 1000);
    expect(answer).toEqual({ kind: 'match', step: Math.floor(seconds / 30) });
  });

  it('takes the code before and after, and none further off', async () => {
    const code = await generate({ secret, epoch: 3000 });
    const at = async (seconds: number): Promise<string> =>
      (await checkTotp({ secret, lastStep: -1 }, code, () => seconds * 1000)).kind;
    expect([await at(2970), await at(3000), await at(3030)]).toEqual(['match', 'match', 'match']);
    expect([await at(2900), await at(3090)]).toEqual(['mismatch', 'mismatch']);
  });

  it('takes none twice', async () => {
    const code = await generate({ secret, epoch: 3000 });
    expect(await checkTotp({ secret, lastStep: 100 }, code, () => 3_000_000)).toEqual({ kind: 'used' });
  });

  it.each(['', '12345', '1234567', 'abcdef', '２８７０８２'])('takes no %p', async (code) => {
    expect(await checkTotp({ secret, lastStep: -1 }, code, () => 59_000)).toEqual({ kind: 'mismatch' });
  });
});

it('a secret is of 20 bytes, and another each time', () => {
  expect(makeTotpSecret()).toMatch(/^[A-Z2-7]{32}$/);
  expect(makeTotpSecret()).not.toBe(makeTotpSecret());
});

it('a link names pool and person', () => {
  const uri = new URL(totpUri(secret, 'gatehouse', 'ada@example.com'));
  expect([uri.protocol, uri.searchParams.get('secret'), uri.searchParams.get('issuer')]).toEqual([
    'otpauth:',
    secret,
    'gatehouse',
  ]);
});
