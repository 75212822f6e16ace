import { describe, expect, it } from '@jest/globals';
import { hashPassword, PasswordCheck } from './credential.ts';

describe('hashPassword', () => {
  it('makes Argon2id of OWASP’s strength, and never the same twice', async () => {
    const [one, two] = [await hashPassword('canary'), await hashPassword('canary')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(one).not.toContain('canary');
  });
});

describe('PasswordCheck', () => {
  it('compares with a hash, however accents are composed', async () => {
    const check = await PasswordCheck.create(Date.now);
    const credential = { kind: 'hash', hash: await hashPassword('cafe\u0301') } as const;
    expect(await check.compare('sub', credential, 'caf\u00e9')).toBe('match');
    expect(await check.compare('sub', credential, 'cafe')).toBe('mismatch');
    expect(await check.compare('sub', credential, '')).toBe('mismatch');
  });

  it('compares with the seed file, for whom that counts', async () => {
    const check = await PasswordCheck.create(Date.now);
    check.seed('ada', 'engine');
    expect(await check.compare('ada', { kind: 'seed' }, 'engine')).toBe('match');
    expect(await check.compare('ada', { kind: 'seed' }, 'engines')).toBe('mismatch');
    expect(await check.compare('bob', { kind: 'seed' }, '')).toBe('mismatch');
    // Once replaced, the seed's password opens nothing.
    expect(await check.compare('ada', { kind: 'hash', hash: await hashPassword('new') }, 'engine')).toBe('mismatch');
    expect(await check.compare('ada', { kind: 'none' }, 'engine')).toBe('mismatch');
    expect(await check.compare('ada', undefined, 'engine')).toBe('mismatch');
  });

  it('tells that a temporary password has expired to whoever knows it', async () => {
    let now = 0;
    const check = await PasswordCheck.create(() => now);
    const credential = { kind: 'hash', hash: await hashPassword('temporary'), expiresAt: 1000 } as const;
    now = 999;
    expect(await check.compare('sub', credential, 'temporary')).toBe('match');
    now = 1000;
    expect(await check.compare('sub', credential, 'temporary')).toBe('expired');
    expect(await check.compare('sub', credential, 'wrong')).toBe('mismatch');
  });

  it('takes as long over somebody who is not there as over a wrong password', async () => {
    const check = await PasswordCheck.create(Date.now);
    const hash = { kind: 'hash', hash: await hashPassword('x') } as const;
    const time = async (credential: Parameters<typeof check.compare>[1]): Promise<number> => {
      const start = performance.now();
      await check.compare('sub', credential, 'wrong');
      return performance.now() - start;
    };
    const times = { known: [] as number[], seeded: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 7; round++) {
      times.known.push(await time(hash));
      times.seeded.push(await time({ kind: 'seed' }));
      times.unknown.push(await time(undefined));
    }
    // A skipped hash would be a factor of hundreds.
    expect(median(times.unknown) / median(times.known)).toBeGreaterThan(0.3);
    expect(median(times.seeded) / median(times.known)).toBeGreaterThan(0.3);
  });
});

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
