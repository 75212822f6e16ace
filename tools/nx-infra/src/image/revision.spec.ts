import { describe, expect, it } from '@jest/globals';

import { type Run } from '../runner/command.ts';
import { revision } from './revision.ts';

const git =
  (head: string | undefined, status: string): Run =>
  ([subcommand]) => {
    if (head === undefined) return Promise.resolve({ code: 128, stdout: '', stderr: 'not a git repository' });
    return Promise.resolve({ code: 0, stdout: subcommand === 'status' ? status : `${head}\n`, stderr: '' });
  };

describe('revision', () => {
  it.each([
    ['abc', '', 'abc'],
    ['abc', ' M README.md\n', 'abc-dirty'],
    [undefined, '', 'unknown'],
  ])('of %s with %j is %s', async (head, status, expected) => {
    expect(await revision(git(head, status), '/')).toBe(expected);
  });

  it('is not known without git', async () => {
    const missing: Run = () => Promise.reject(Object.assign(new Error('spawn git'), { code: 'ENOENT' }));
    expect(await revision(missing, '/')).toBe('unknown');
  });
});
