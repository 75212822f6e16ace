/**
 * A load balancer with its user pool, in a process of its own, in front of as many targets as its parent registers. Started
 * in a copy of the workspace with the port of the pool; tells its parent once it listens, and ends with it.
 *
 * It runs the sources of nx-infra by their path: this project imports no other, it runs them.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What the parent is told: the variables that an application needs. */
export interface Listening {
  readonly environment: Readonly<Record<string, string>>;
}

/** What the parent says: where to send requests, in turn, from the next one on. */
export interface Registered {
  readonly targets: readonly string[];
}

interface Login {
  environment(description: unknown): Readonly<Record<string, string>>;
}

interface LoginOptions {
  readonly description: unknown;
  readonly stateFolder: string;
  readonly usersFile: string;
  readonly poolPort: number;
  readonly applicationUrl: () => URL | undefined;
  readonly onEvent: (line: string) => void;
}

interface Sources {
  readonly synthesize: (options: object) => Promise<{ readonly stacks: unknown }>;
  readonly describeLogin: (stacks: unknown) => unknown;
  readonly startLogin: (options: LoginOptions) => Promise<Login>;
}

const root = process.cwd();
const source = async (path: string): Promise<unknown> =>
  import(pathToFileURL(join(root, 'tools', 'nx-infra', 'src', path)).href);
const { synthesize, describeLogin, startLogin } = Object.assign(
  {},
  await source('synth/synthesize.ts'),
  await source('local/description.ts'),
  await source('local/login.ts'),
) as Sources;

let targets: readonly string[] = [];
let turn = 0;
process.on('message', ({ targets: registered }: Registered) => {
  targets = registered;
  process.send?.('registered');
});
process.once('disconnect', () => process.exit());

const { stacks } = await synthesize({ root, environment: 'local' });
const description = describeLogin(stacks);
const login = await startLogin({
  description,
  stateFolder: join(root, '.gatehouse', 'local'),
  usersFile: join(root, 'apps', 'auth', 'users.local.json'),
  poolPort: Number(process.argv[2]),
  applicationUrl: () => {
    const target = targets[turn++ % targets.length];
    return target === undefined ? undefined : new URL(target);
  },
  onEvent: () => undefined,
});
process.send?.({ environment: login.environment(description) } satisfies Listening);
