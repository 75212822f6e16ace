import { type Service as EcsService, type Task } from '@aws-sdk/client-ecs';

/** What a service is doing. */
export interface Rollout {
  readonly state: 'steady' | 'rolling' | 'failed';
  /** In words; for people. */
  readonly why: string;
  /** The task definition that it is to run. */
  readonly wanted: string | undefined;
  /** The last first. */
  readonly events: readonly string[];
}

/**
 * Reads `DescribeServices`.
 *
 * @param wanted the task definition that was deployed, as the first look has it: a circuit breaker that rolls back
 *   gives the service the one before
 */
export function readRollout(service: EcsService | undefined, wanted: string | undefined): Rollout {
  const events = (service?.events ?? []).flatMap(({ message }) => (message === undefined ? [] : [message]));
  const rollout = (state: Rollout['state'], why: string): Rollout => ({
    state,
    why,
    wanted: service?.taskDefinition,
    events,
  });
  if (service === undefined || service.status !== 'ACTIVE') {
    return rollout('failed', `It is ${service?.status ?? 'not there'}.`);
  }
  const { deployments = [], desiredCount = 0, runningCount = 0, pendingCount = 0 } = service;
  const failed = deployments.find(({ rolloutState }) => rolloutState === 'FAILED');
  if (failed !== undefined) {
    return rollout('failed', `Its deployment failed: ${failed.rolloutStateReason ?? 'ECS gives no reason'}.`);
  }
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  const isRolledBack = wanted !== undefined && primary?.taskDefinition !== wanted;
  if (isRolledBack || /roll(ing|ed)[ -]?back/i.test(primary?.rolloutStateReason ?? '')) {
    return rollout('failed', `It was rolled back to ${revision(primary?.taskDefinition)}.`);
  }
  const counts = `${runningCount} of ${desiredCount} tasks run`;
  const failures = primary?.failedTasks ?? 0;
  const why = [
    counts,
    ...(pendingCount > 0 ? [`${pendingCount} start`] : []),
    ...(failures > 0 ? [`${failures} failed`] : []),
  ];
  const isDone = primary?.rolloutState === undefined || primary.rolloutState === 'COMPLETED';
  if (deployments.length === 1 && isDone && runningCount === desiredCount && pendingCount === 0) {
    return rollout('steady', `${counts}.`);
  }
  return rollout('rolling', `${why.join(', ')}.`);
}

/** Why a task stopped, as ECS and its containers say. */
export function stopReason({ taskArn = '', stoppedReason, containers = [] }: Task): string {
  const id = taskArn.split('/').at(-1) ?? taskArn;
  const reasons = containers.flatMap(({ name, exitCode, reason }) => {
    const parts = [
      ...(exitCode === undefined ? [] : [`exit code ${exitCode}`]),
      ...(reason === undefined ? [] : [reason]),
    ];
    return parts.length === 0 ? [] : [`${name}: ${parts.join(', ')}`];
  });
  return `${id}: ${[stoppedReason ?? 'no reason given', ...reasons].join('; ')}`;
}

function revision(taskDefinition: string | undefined): string {
  return taskDefinition?.split('/').at(-1) ?? 'another';
}
