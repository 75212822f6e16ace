import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** One call of the client. */
export interface DockerCall {
  readonly args: readonly string[];
  /** What it was given to read. */
  readonly input: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What the client does: an answer for the first pattern that is found in its arguments, joined by spaces. */
export type DockerScript = readonly {
  readonly when: RegExp;
  readonly code?: number;
  readonly stdout?: string;
  readonly stderr?: string;
  /** Only at the n-th such call, from 0; without it, at each that is left. */
  readonly call?: number;
}[];

/** A program `docker` that says what it is told, and keeps what it was called with. */
export interface FakeDocker extends AsyncDisposable {
  /** With the program first on the path. */
  readonly env: NodeJS.ProcessEnv;
  calls(): Promise<readonly DockerCall[]>;
}

export async function fakeDocker(script: DockerScript): Promise<FakeDocker> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-fake-docker-'));
  const file = join(folder, 'docker');
  const steps = script.map(({ when, ...answer }) => ({ when: when.source, ...answer }));
  await writeFile(file, program(join(folder, 'calls'), JSON.stringify(steps)));
  await chmod(file, 0o755);
  return {
    env: { PATH: `${folder}${delimiter}${process.env['PATH']}`, HOME: folder },
    calls: async () => {
      const text = await readFile(join(folder, 'calls'), 'utf8').catch(() => '');
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as DockerCall);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

function program(calls: string, steps: string): string {
  return `#!${process.execPath}
    const { appendFileSync, existsSync, readFileSync } = require('node:fs');
    const file = ${JSON.stringify(calls)};
    const steps = ${steps};
    const args = process.argv.slice(2);
    const line = args.join(' ');
    const earlier = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\\n').map((each) => JSON.parse(each)) : [];
    const input = args.includes('--password-stdin') ? readFileSync(0, 'utf8') : '';
    appendFileSync(file, JSON.stringify({ args, input, env: process.env }) + '\\n');
    const step = steps.find(({ when, call }) => {
      const matches = (text) => new RegExp(when).test(text);
      return matches(line) && (call === undefined || earlier.filter((each) => matches(each.args.join(' '))).length === call);
    });
    process.stdout.write(step?.stdout ?? '');
    process.stderr.write(step?.stderr ?? '');
    process.exitCode = step?.code ?? 0;
  `;
}
