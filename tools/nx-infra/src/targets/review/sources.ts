import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { sourcesOf } from '@gatehouse/plan-review';

/** The TypeScript of a stack: texts by path, relative to the workspace. */
export type StackFiles = ReadonlyMap<string, string>;

/** Where a resource is written: its construct, and the line that makes it where there is but one that could. */
export type Sources = ReturnType<typeof sourcesOf>;

/** @param configuration the stack's `cdk.tf.json`, parsed */
export async function sourcesOfStack(root: string, stack: string, configuration: unknown): Promise<Sources> {
  return withFiles(sourcesOf(configuration), await filesOf(root, join('stacks', stack)));
}

/**
 * CDKTF leaves the path of each construct in its JSON, and no file. What makes a resource is a call of the class that is
 * named after its type; where several are called, the one with the construct's id.
 */
export function withFiles(sources: Sources, files: StackFiles): Sources {
  return new Map(
    [...sources].map(([address, source]) => {
      const [type = ''] = address.split('.');
      const id = source.construct?.split('/').at(-1) ?? '';
      const file = placeOf(type, id, files);
      return [address, file === undefined ? source : { ...source, file }];
    }),
  );
}

function placeOf(type: string, id: string, files: StackFiles): string | undefined {
  const called = `new ${classOf(type)}(`;
  const calls = [...files].flatMap(([file, text]) =>
    text.split('\n').flatMap((line, index) => (line.includes(called) ? [{ file, line, number: index + 1 }] : [])),
  );
  const named = calls.filter(({ line }) => line.includes(`'${id}'`));
  // A call with another construct's id made that one.
  const possible = named.length > 0 ? named : calls.filter(({ line }) => !/\(\w+, '/.test(line));
  const [only, another] = possible;
  if (only === undefined) return undefined;
  if (another === undefined) return `${only.file}:${only.number}`;
  return possible.every(({ file }) => file === only.file) ? only.file : undefined;
}

/** `SecurityGroup` for `aws_security_group`, as the provider's bindings are named. */
function classOf(type: string): string {
  return type
    .replace(/^aws_/, '')
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

async function filesOf(root: string, folder: string): Promise<StackFiles> {
  const names = await readdir(join(root, folder)).catch(() => []);
  const sources = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts')).toSorted();
  return new Map(
    await Promise.all(
      sources.map(async (name) => [join(folder, name), await readFile(join(root, folder, name), 'utf8')] as const),
    ),
  );
}
