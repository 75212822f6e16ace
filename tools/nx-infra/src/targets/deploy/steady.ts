import { setTimeout as delay } from 'node:timers/promises';

import { DescribeServicesCommand, DescribeTasksCommand, type ECSClient, ListTasksCommand } from '@aws-sdk/client-ecs';

import { InfraError } from '../../errors.ts';
import { type TargetContext } from '../target.ts';
import { readRollout, type Rollout, stopReason } from './rollout.ts';
import { type Service } from './steps.ts';

/** ECS looks at a service every 10 to 15 seconds (DescribeServices waiter of the SDK: 15 s). */
const LOOK_MS = 10_000;
/** Two tasks, one after the other, each with its start and its grace period; a rollback takes no longer. */
const PATIENCE_MS = 20 * 60_000;
const EVENTS = 5;
const TASKS = 3;

export interface SteadyOptions {
  readonly client: Pick<ECSClient, 'send'>;
  /** Milliseconds between two looks. @default 10 s */
  readonly lookMs?: number;
  /** Milliseconds after which it is given up. @default 20 min */
  readonly patienceMs?: number;
}

/**
 * Waits until a service runs what was deployed: one deployment, completed, with as many tasks as are wanted, of the
 * task definition that is deployed. A rollback of the circuit breaker ends steady too, on the old tasks: it is a
 * failure.
 *
 * @throws {InfraError} `NOT_STEADY`, with the service's last events and why its tasks stopped; `INTERRUPTED`
 */
export async function steady(
  service: Service,
  { progress, signal }: TargetContext,
  { client, lookMs = LOOK_MS, patienceMs = PATIENCE_MS }: SteadyOptions,
): Promise<void> {
  const end = Date.now() + patienceMs;
  let wanted: string | undefined;
  let said = '';
  for (;;) {
    const rollout = await look(service, client, wanted);
    // What is to run is what the service was told last: a rollback tells it something else.
    wanted ??= rollout.wanted;
    if (rollout.state === 'steady') return;
    if (rollout.state === 'failed') throw await notSteady(service, rollout.why, client, rollout);
    if (Date.now() > end) {
      const why = `It was not steady after ${Math.round(patienceMs / 60_000)} minutes: ${rollout.why}`;
      throw await notSteady(service, why, client, rollout);
    }
    if (rollout.why !== said) progress.note(`${service.service}: ${rollout.why}`);
    said = rollout.why;
    await delay(lookMs, undefined, { signal }).catch(() => {
      throw new InfraError('INTERRUPTED', `Ended on request, while ${service.service} was not steady yet.`);
    });
  }
}

async function look(
  { cluster, service }: Service,
  client: SteadyOptions['client'],
  wanted: string | undefined,
): Promise<Rollout> {
  const { services = [] } = await client.send(new DescribeServicesCommand({ cluster, services: [service] }));
  return readRollout(services[0], wanted);
}

async function notSteady(
  { cluster, service }: Service,
  why: string,
  client: SteadyOptions['client'],
  { events }: Rollout,
): Promise<InfraError> {
  const stopped = await stoppedTasks(cluster, service, client);
  return new InfraError(
    'NOT_STEADY',
    [
      `Service ${service} does not run what was deployed. ${why}`,
      ...(events.length > 0 ? ['Its last events:', ...events.slice(0, EVENTS).map((event) => `  ${event}`)] : []),
      ...(stopped.length > 0 ? ['Tasks that stopped:', ...stopped.map((each) => `  ${each}`)] : []),
      'The log of the application says more. Mend it, and deploy again.',
    ].join('\n'),
  );
}

/** Why the last tasks stopped. Nothing of their environment or overrides. */
async function stoppedTasks(
  cluster: string,
  serviceName: string,
  client: SteadyOptions['client'],
): Promise<readonly string[]> {
  try {
    const list = new ListTasksCommand({ cluster, serviceName, desiredStatus: 'STOPPED', maxResults: TASKS });
    const { taskArns = [] } = await client.send(list);
    if (taskArns.length === 0) return [];
    const { tasks = [] } = await client.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
    return tasks.map(stopReason);
  } catch (error) {
    // The failure itself is worth more than why its reasons are not to be had.
    return [`(not to be seen: ${(error as Error).name})`];
  }
}
