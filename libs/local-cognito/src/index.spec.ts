import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import * as face from './index.ts';

it('exports what others need, and nothing else', () => {
  expect(Object.keys(face).sort()).toEqual(['LocalUserPoolError', 'readUserPool', 'startLocalUserPool']);
});

it('loads without a word', async () => {
  const [index, tsconfig] = ['index.ts', '../tsconfig.json'].map((file) =>
    fileURLToPath(new URL(file, import.meta.url)),
  );
  // The project's own compiler options: they say which imports stay.
  const env = { ...process.env, TSX_TSCONFIG_PATH: tsconfig };
  const loaded = await promisify(execFile)(process.execPath, ['--import', 'tsx', index ?? ''], { env });
  expect(loaded).toEqual({ stdout: '', stderr: '' });
});
