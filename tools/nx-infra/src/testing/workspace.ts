import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Progress } from '../progress/progress.ts';
import { type TargetContext } from '../targets/target.ts';

/** A stack of a test: its JSON, and the stacks it depends on. */
export interface TestStack {
  readonly json: Readonly<Record<string, unknown>>;
  readonly dependencies?: readonly string[];
}

/** A workspace whose CDKTF application writes what it is told. */
export interface Workspace extends AsyncDisposable {
  readonly root: string;
  /** What the application writes from now on. */
  write(stacks: Readonly<Record<string, TestStack>>): Promise<void>;
}

/** A workspace in a folder of its own. Its stacks keep their states beside them. */
export async function workspace(stacks: Readonly<Record<string, TestStack>>): Promise<Workspace> {
  const root = await mkdtemp(join(tmpdir(), 'gatehouse-workspace-'));
  await mkdir(join(root, 'stacks'));
  const write: Workspace['write'] = (next) => writeFile(join(root, 'stacks', 'main.ts'), program(next));
  await write(stacks);
  return { root, write, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}

/** What a target is handed, with the lines that it tells. */
export function listening(): { readonly context: TargetContext; readonly lines: string[] } {
  const lines: string[] = [];
  const progress = new Progress({ json: false, write: (line) => lines.push(line), now: () => 0 });
  return { context: { progress, signal: new AbortController().signal }, lines };
}

function program(stacks: Readonly<Record<string, TestStack>>): string {
  const manifest = {
    version: '0.21.0',
    stacks: Object.fromEntries(
      Object.entries(stacks).map(([name, { dependencies = [] }]) => [
        name,
        { name, synthesizedStackPath: `stacks/${name}/cdk.tf.json`, dependencies },
      ]),
    ),
  };
  const files = Object.fromEntries(
    Object.entries(stacks).map(([name, { json }]) => [
      `stacks/${name}/cdk.tf.json`,
      { ...json, ...backend(name, json) },
    ]),
  );
  return `import { mkdirSync, writeFileSync } from 'node:fs';
    import { dirname } from 'node:path';
    const files: Record<string, unknown> = ${JSON.stringify({ 'manifest.json': manifest, ...files })};
    for (const [file, json] of Object.entries(files)) {
      const path = process.env['CDKTF_OUTDIR'] + '/' + file;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, JSON.stringify(json));
    }`;
}

function backend(name: string, json: TestStack['json']): object {
  return {
    terraform: { backend: { local: { path: `../../state/${name}.tfstate` } }, ...(json['terraform'] as object) },
  };
}
