import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import { ESLint } from 'eslint';

const root = join(import.meta.dirname, '..', '..', '..');
const eslint = new ESLint({ cwd: root });

/** The rules that a source text breaks when it stands in a file of a project. */
async function broken(file: string, source: string): Promise<readonly (string | null)[]> {
  const results = await eslint.lintText(source, { filePath: join(root, file) });
  return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId));
}

const BOUNDARIES = '@nx/enforce-module-boundaries';
const imports = (name: string): string => `export * from '${name}';\n`;

describe('module boundaries', () => {
  it.each([
    ['libs/claims/src/index.ts', '@gatehouse/listener'],
    ['libs/listener/src/index.ts', '@gatehouse/claims'],
    ['libs/local-cognito/src/index.ts', '@gatehouse/listener'],
    ['libs/local-alb/src/index.ts', '@gatehouse/local-cognito'],
    ['apps/auth/src/main.ts', '@gatehouse/local-alb'],
    ['stacks/main.ts', '@gatehouse/listener'],
    ['tools/nx-infra/src/errors.ts', '@gatehouse/claims'],
  ])('refuse that %s imports %s', async (file, name) => {
    expect(await broken(file, imports(name))).toContain(BOUNDARIES);
  });

  it.each([
    ['libs/local-alb/src/index.ts', '@gatehouse/listener'],
    ['apps/auth/src/main.ts', '@gatehouse/claims'],
    ['tools/nx-infra/src/errors.ts', '@gatehouse/local-alb'],
    ['tools/nx-infra/src/errors.ts', '@gatehouse/local-cognito'],
  ])('allow that %s imports %s', async (file, name) => {
    expect(await broken(file, imports(name))).not.toContain(BOUNDARIES);
  });

  it('refuse the root of the AWS provider, and allow one of its resources', async () => {
    const rule = 'no-restricted-imports';
    expect(await broken('stacks/main.ts', imports('@cdktf/provider-aws'))).toContain(rule);
    expect(await broken('stacks/main.ts', imports('@cdktf/provider-aws/lib/lb/index.js'))).not.toContain(rule);
  });
});
