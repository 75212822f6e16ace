import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { freshStateFolder } from '../testdata/folder.ts';
import { loadClientSecrets } from './client-secrets.ts';

describe('loadClientSecrets', () => {
  it('makes a secret for each client, and keeps it over restarts and absences', async () => {
    const folder = await freshStateFolder();
    const first = await loadClientSecrets(folder, ['a', 'b']);
    expect([...first.keys()]).toEqual(['a', 'b']);
    expect(first.get('a')).toMatch(/^[a-z0-9]{52}$/);
    expect(first.get('a')).not.toBe(first.get('b'));

    expect([...(await loadClientSecrets(folder, ['b', 'c'])).keys()]).toEqual(['b', 'c']);
    expect((await loadClientSecrets(folder, ['a'])).get('a')).toBe(first.get('a'));
  });

  it('keeps them in a file that its owner alone can read', async () => {
    const folder = await freshStateFolder();
    await loadClientSecrets(folder, ['a']);
    expect((await stat(join(folder, 'client-secrets.json'))).mode & 0o777).toBe(0o600);
  });

  it('refuses a file with an empty secret rather than taking it', async () => {
    const folder = await freshStateFolder();
    await loadClientSecrets(folder, ['a']);
    await writeFile(join(folder, 'client-secrets.json'), '{"a":""}');
    await expect(loadClientSecrets(folder, ['a'])).rejects.toThrow(
      expect.objectContaining({ code: 'STATE_UNREADABLE' }),
    );
  });
});
