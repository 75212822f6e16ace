import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const workspace = fileURLToPath(new URL('../../../', import.meta.url));
const project = fileURLToPath(new URL('../', import.meta.url));
const tsc = join(workspace, 'node_modules/typescript/bin/tsc');

/** What a program of the consumer printed, and how it ended. */
export interface Outcome {
  readonly exitCode: number;
  readonly output: string;
}

/** The package as others get it: built, packed, and installed into an empty project. */
export class InstalledPackage {
  private constructor(
    private readonly temp: string,
    /** Paths in the tarball. */
    readonly files: readonly string[],
  ) {}

  static async create(): Promise<InstalledPackage> {
    const temp = await mkdtemp(join(tmpdir(), 'claims-package-'));
    const [source, consumer] = [join(temp, 'package'), join(temp, 'consumer')];
    await Promise.all([mkdir(source), mkdir(consumer)]);
    // Built anew, away from dist: what lies there may be old, or half written by a build at the same time.
    await run(process.execPath, [tsc, '-p', join(project, 'tsconfig.build.json'), '--outDir', join(source, 'dist')]);
    for (const file of ['package.json', 'README.md', 'LICENSE']) await cp(join(project, file), join(source, file));
    const packed = await npm(source, ['pack', '--json', '--ignore-scripts']);
    const [{ filename, files }] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }];

    await writeFile(join(consumer, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    await npm(consumer, ['install', ...quiet, join(source, filename)]);
    return new InstalledPackage(
      temp,
      files.map(({ path }) => path),
    );
  }

  /** Runs a program of the consumer in plain Node. */
  async run(program: string): Promise<Outcome> {
    await this.write('main.js', program);
    return ended(run(process.execPath, ['main.js'], { cwd: this.consumer, env: clean() }));
  }

  /** Compiles files of the consumer, and checks all declarations that they lead to. */
  async compile(files: Readonly<Record<string, string>>): Promise<Outcome> {
    for (const [name, text] of Object.entries(files)) await this.write(name, text);
    const options = {
      compilerOptions: {
        target: 'es2023',
        lib: ['es2023'],
        module: 'nodenext',
        types: ['node'],
        strict: true,
        exactOptionalPropertyTypes: true,
        experimentalDecorators: true,
        skipLibCheck: false,
        noEmit: true,
      },
      files: Object.keys(files),
    };
    await this.write('tsconfig.json', JSON.stringify(options));
    return ended(run(process.execPath, [tsc, '-p', '.'], { cwd: this.consumer, env: clean() }));
  }

  /** Gives the consumer packages of the workspace, for which nothing has to be fetched. */
  async link(packages: readonly string[]): Promise<void> {
    for (const name of packages) {
      const place = join(this.consumer, 'node_modules', name);
      await mkdir(dirname(place), { recursive: true });
      await symlink(join(workspace, 'node_modules', name), place, 'junction');
    }
  }

  async remove(): Promise<void> {
    await rm(this.temp, { recursive: true, force: true });
  }

  private get consumer(): string {
    return join(this.temp, 'consumer');
  }

  private async write(name: string, text: string): Promise<void> {
    await writeFile(join(this.consumer, name), text);
  }
}

async function npm(cwd: string, args: readonly string[]): Promise<string> {
  // By its script and not by its name, which is another one on Windows.
  const { stdout } = await run('npm', [...args], { cwd, env: clean(), shell: process.platform === 'win32' });
  return stdout;
}

/** Without the options, the colours and the npm settings that the tests themselves run with. */
function clean(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:node_options|force_color|npm_(?!config_registry))/i.test(name),
  );
  return Object.fromEntries(kept);
}

async function ended(running: Promise<{ stdout: string }>): Promise<Outcome> {
  try {
    return { exitCode: 0, output: (await running).stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { exitCode: code, output: `${stdout}${stderr}` };
  }
}
