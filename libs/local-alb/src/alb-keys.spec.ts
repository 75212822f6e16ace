import { randomUUID } from 'node:crypto';
import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { openAlbKeys } from './alb-keys.ts';

describe('openAlbKeys', () => {
  let folder: string;
  beforeEach(() => {
    folder = join(tmpdir(), `alb-keys-${randomUUID()}`);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const mode = async (file = ''): Promise<number> => (await stat(join(folder, file))).mode & 0o777;

  it('makes keys for their owner alone [G2 D]', async () => {
    const { sessionKey, signingKey } = await openAlbKeys(folder);
    expect(sessionKey).toHaveLength(32);
    expect(signingKey.kid).toMatch(/^[0-9a-f-]{14}4[0-9a-f]{3}-[89ab][0-9a-f-]{16}$/);
    expect(signingKey.publicKeyPem).toContain('BEGIN PUBLIC KEY');
    expect(await mode()).toBe(0o700);
    expect(await readdir(folder)).toEqual(['session.key', 'signing-key.json']);
    for (const file of await readdir(folder)) expect(await mode(file)).toBe(0o600);
  });

  it('keeps them', async () => {
    const first = await openAlbKeys(folder);
    const second = await openAlbKeys(folder);
    expect(second.sessionKey).toEqual(first.sessionKey);
    expect(second.signingKey.kid).toBe(first.signingKey.kid);
    expect(second.signingKey.publicKeyPem).toBe(first.signingKey.publicKeyPem);
  });

  it('agrees with others that start at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => openAlbKeys(folder)));
    expect(new Set(all.map(({ signingKey }) => signingKey.kid)).size).toBe(1);
    expect(new Set(all.map(({ sessionKey }) => sessionKey.toString('hex'))).size).toBe(1);
  });

  it('takes a key back from everyone else', async () => {
    await openAlbKeys(folder);
    await chmod(join(folder, 'session.key'), 0o644);
    await openAlbKeys(folder);
    expect(await mode('session.key')).toBe(0o600);
  });

  it.each([
    ['session.key', 'c2hvcnQ='],
    ['signing-key.json', 'not JSON'],
    ['signing-key.json', '{"kid":"../../x","privateKey":"x"}'],
    ['signing-key.json', '{"kid":"0b0f2f6e-8a55-4b6a-9d4e-2f7a3a5a3b11","privateKey":"-----BEGIN PRIVATE KEY-----"}'],
  ])('does not use a %s that holds %s, and does not quote it', async (file, content) => {
    await openAlbKeys(folder);
    await writeFile(join(folder, file), content);
    const failure = openAlbKeys(folder);
    await expect(failure).rejects.toMatchObject({ name: 'LocalAlbError', code: 'STATE_UNUSABLE' });
    await expect(failure).rejects.not.toThrow(content);
    expect(await readFile(join(folder, file), 'utf8')).toBe(content);
  });
});
