import { type TestStack, workspace, type Workspace } from '../../../testing/workspace.ts';
import { Progress } from '../../../progress/progress.ts';
import { type TargetContext } from '../../target.ts';
import { deploy, type DeployOptions } from '../deploy.ts';
import { type DeploySteps } from '../steps.ts';

export const DIGEST = `sha256:${'a'.repeat(64)}`;

const remote = (...names: readonly string[]): object => ({
  terraform_remote_state: Object.fromEntries(
    names.map((name) => [name, { backend: 'local', config: { path: `../../state/${name}.tfstate` } }]),
  ),
});

/** Made by Terraform itself (no provider starts), with a command that runs while it is made. */
export const thing = (input: string, command?: string): object => ({
  input,
  ...(command === undefined ? {} : { provisioner: [{ 'local-exec': { command } }] }),
});

/** A stack that nothing is under. */
export const lower = (input: string, command?: string): TestStack => ({
  json: {
    resource: { terraform_data: { it: thing(input, command) } },
    output: { id: { value: '${terraform_data.it.id}', '//': { kind: 'vpc-id' } } },
  },
});

/** A stack on top of others. */
export const middle = (input: string, command?: string): TestStack => ({
  dependencies: ['one', 'two'],
  json: {
    data: remote('one', 'two'),
    resource: { terraform_data: { it: thing(`${input} \${data.terraform_remote_state.one.outputs.id}`, command) } },
    output: { id: { value: '${terraform_data.it.id}', '//': { kind: 'vpc-id' } } },
  },
});

/** A stack that runs an image as a service. */
export const service = (): TestStack => ({
  dependencies: ['middle'],
  json: {
    variable: { image_digest: { type: 'string' } },
    data: remote('middle'),
    resource: {
      terraform_data: { it: { input: '${var.image_digest} ${data.terraform_remote_state.middle.outputs.id}' } },
    },
    output: { clusterName: { value: 'cluster' }, serviceName: { value: 'app' } },
  },
});

/** Three waves: two stacks, one on them, and one that runs an image. */
export const house = (): Readonly<Record<string, TestStack>> => ({
  one: lower('one'),
  two: lower('two'),
  middle: middle('middle'),
  service: service(),
});

/** A deployment, and what it did. */
export interface Rig {
  readonly lines: string[];
  /** The steps that were taken, in their order. */
  readonly taken: string[];
  readonly abort: AbortController;
  readonly context: TargetContext;
  readonly steps: DeploySteps;
}

/** @param answers of the person; without, there is nobody */
export function rig(answers?: readonly string[], watch: (line: string, rig: Rig) => void = () => undefined): Rig {
  const lines: string[] = [];
  const taken: string[] = [];
  const abort = new AbortController();
  const write = (line: string): void => {
    lines.push(line);
    watch(line, made);
  };
  const left = [...(answers ?? [])];
  const take =
    <T>(step: string, value: T) =>
    (): Promise<T> => {
      taken.push(step);
      return Promise.resolve(value);
    };
  const made: Rig = {
    lines,
    taken,
    abort,
    context: { progress: new Progress({ json: false, write, now: () => 0 }), signal: abort.signal },
    steps: {
      check: take('check', undefined),
      image: take('image', DIGEST),
      steady: (found) => take(`steady ${found.cluster}/${found.service}`, undefined)(),
      verify: take('verify', undefined),
      ask:
        answers === undefined
          ? undefined
          : (question) => {
              taken.push(`asked: ${question}`);
              return Promise.resolve(left.shift() ?? '');
            },
    },
  };
  return made;
}

export function deployed(
  { root }: Workspace,
  { context, steps }: Rig,
  options: Partial<DeployOptions> = {},
): ReturnType<typeof deploy> {
  return deploy({ root, env: 'test', ...options }, context, steps);
}

export { workspace };
