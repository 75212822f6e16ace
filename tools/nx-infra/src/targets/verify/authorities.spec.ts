import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { readAuthorities } from './authorities.ts';

const [ONE = '', TWO = ''] = rootCertificates;

describe('readAuthorities', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'authorities-'));
  });
  afterEach(() => rm(root, { recursive: true }));
  const read = (file?: string, servedHere = false): ReturnType<typeof readAuthorities> =>
    readAuthorities({ root, env: 'local', file, servedHere });

  it('trusts all of a file besides the well-known ones', async () => {
    await writeFile(join(root, 'ca.pem'), `# mine\n${ONE}\n${TWO}\n`);
    expect(await read('ca.pem')).toEqual([...rootCertificates, ONE, TWO]);
  });

  it('leaves it to Node where no file is named', async () => {
    expect(await read()).toBeUndefined();
    expect(await read(undefined, true)).toBeUndefined();
  });

  it("trusts this machine's own authority for what is served here alone", async () => {
    const folder = join(root, '.gatehouse', 'local', 'certificate');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'ca.pem'), ONE);
    expect(await read(undefined, true)).toHaveLength(rootCertificates.length + 1);
    expect(await read()).toBeUndefined();
  });

  it.each([
    ['is not there', undefined, 'FILE_MISSING'],
    ['has none', 'no certificate', 'FILE_MALFORMED'],
    ['has a broken one', ONE.replace(/\n.{10}/, '\n'), 'FILE_MALFORMED'],
  ])('refuses a file that %s', async (_case, content, code) => {
    if (content !== undefined) await writeFile(join(root, 'ca.pem'), content);
    await expect(read('ca.pem')).rejects.toMatchObject({ code });
  });
});
