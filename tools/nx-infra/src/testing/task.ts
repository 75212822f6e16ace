import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { z } from 'zod';

import { synthesize } from '../synth/synthesize.ts';
import { localise } from '../terraform/localise.ts';
import { docker } from './engine.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');
const PATIENCE_MS = 30_000;
const ANSWER_MS = 1_000;

const taskSchema = z.object({ memory: z.string(), container_definitions: z.string() });
const containerSchema = z.object({
  environment: z.array(z.object({ name: z.string(), value: z.string() })),
  user: z.string(),
  readonlyRootFilesystem: z.boolean(),
  portMappings: z.tuple([z.object({ containerPort: z.number() })]),
  healthCheck: z.object({ command: z.tuple([z.literal('CMD')]).rest(z.string()) }),
  linuxParameters: z.object({
    initProcessEnabled: z.boolean(),
    capabilities: z.object({ drop: z.array(z.string()) }),
  }),
});

/** What the ecs stack of an environment runs, and how. */
export interface Task {
  readonly memoryMiB: number;
  readonly container: z.infer<typeof containerSchema>;
}

/** The task of environment `local`, with what this machine has in place of AWS's attributes. */
export async function localTask(): Promise<Task> {
  const { stacks } = await synthesize({ root: ROOT, environment: 'local' });
  const task = taskSchema.parse(localise(stacks).get('ecs')?.resource['aws_ecs_task_definition']?.['app']);
  const [container] = z.tuple([containerSchema]).parse(JSON.parse(task.container_definitions));
  return { memoryMiB: Number(task.memory), container };
}

/** A container that runs. */
export interface RunningContainer extends AsyncDisposable {
  readonly id: string;
  /** Where it answers, on this machine. */
  readonly url: URL;
}

/** The options by which `docker run` does what ECS does with a task, and adds what Fargate does by itself. */
export function runOptions({ memoryMiB, container }: Task): readonly string[] {
  const { environment, user, readonlyRootFilesystem, linuxParameters, portMappings } = container;
  return [
    `--user=${user}`,
    `--memory=${memoryMiB}m`,
    '--security-opt=no-new-privileges',
    `--publish=127.0.0.1::${portMappings[0].containerPort}`,
    ...(readonlyRootFilesystem ? ['--read-only'] : []),
    ...(linuxParameters.initProcessEnabled ? ['--init'] : []),
    ...linuxParameters.capabilities.drop.map((capability) => `--cap-drop=${capability}`),
    ...environment.map(({ name, value }) => `--env=${name}=${value}`),
  ];
}

/** Starts an image as the task has it, and waits until it is ready. */
export async function startTask(image: string, task: Task, ...more: readonly string[]): Promise<RunningContainer> {
  const id = await docker('run', '--detach', ...runOptions(task), ...more, image);
  const dispose = (): Promise<void> => docker('rm', '--force', '--volumes', id).then(() => undefined);
  try {
    const [port] = task.container.portMappings;
    const address = await docker('port', id, `${port.containerPort}/tcp`);
    const url = new URL(`http://${address.split('\n')[0]}`);
    await until(
      () => isReady(url),
      async () => `The container is not ready: ${await docker('logs', id)}`,
    );
    return { id, url, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Waits for something to be so. @param otherwise says what it is instead */
export async function until(isSo: () => Promise<boolean>, otherwise: () => Promise<string>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(await otherwise());
    await delay(100);
  }
}

async function isReady(url: URL): Promise<boolean> {
  // The engine takes a connection before the application does, and may leave it unanswered.
  return fetch(new URL('/health/ready', url), { signal: AbortSignal.timeout(ANSWER_MS) }).then(
    ({ status }) => status === 200,
    () => false,
  );
}
