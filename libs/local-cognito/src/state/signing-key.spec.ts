import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { freshStateFolder } from '../testdata/folder.ts';
import { SigningKey } from './signing-key.ts';

describe('SigningKey', () => {
  let folder: string;
  let key: SigningKey;
  beforeAll(async () => {
    folder = await freshStateFolder();
    key = await SigningKey.load(folder);
  });

  it('stays the same over restarts', async () => {
    const again = await SigningKey.load(folder);
    expect(again.kid).toBe(key.kid);
    expect(again.open(key.sign({ sub: 'ada' }))).toEqual({ sub: 'ada' });
  });

  it('is readable by its owner alone', async () => {
    expect((await stat(join(folder, 'signing-key.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('opens its own tokens only', async () => {
    const token = key.sign({ sub: 'ada' });
    const [header = '', payload = '', signature = ''] = token.split('.');
    const forged = Buffer.from('{"sub":"eve"}').toString('base64url');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const other = await SigningKey.load(await freshStateFolder());
    const hostile = [
      '',
      '.',
      '..',
      'x',
      `${header}.${forged}.${signature}`,
      `${none}.${forged}.`,
      `${none}.${payload}.${signature}`,
      `${token}.`,
      `${header}.${payload}`,
      other.sign({ sub: 'ada' }),
    ];
    expect(hostile.map((candidate) => key.open(candidate))).toEqual(hostile.map(() => undefined));
  });

  it.each(['{', '{}', '{"kty":"RSA","n":"x","e":"AQAB","d":"canary"}'])(
    'says which file to delete when it holds %p, and does not quote it',
    async (content) => {
      const broken = await freshStateFolder();
      await SigningKey.load(broken);
      const file = join(broken, 'signing-key.json');
      await writeFile(file, content);
      const loading = SigningKey.load(broken);
      await expect(loading).rejects.toThrow(expect.objectContaining({ code: 'STATE_UNREADABLE' }));
      await expect(loading).rejects.toThrow(file);
      await expect(loading).rejects.not.toThrow(/canary/);
      expect(await readFile(file, 'utf8')).toBe(content);
    },
  );
});
