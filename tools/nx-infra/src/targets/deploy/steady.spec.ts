import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  type ECSClient,
  ListTasksCommand,
  type Service,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';

import { listening } from '../../testing/workspace.ts';
import { readRollout } from './rollout.ts';
import { steady } from './steady.ts';

const NEW = 'arn:aws:ecs:eu-west-1:1:task-definition/app:7';
const OLD = 'arn:aws:ecs:eu-west-1:1:task-definition/app:6';

const state = (more: Partial<Service> & { readonly rollout?: string; readonly of?: string } = {}): Service => {
  const { rollout = 'COMPLETED', of = NEW, ...rest } = more;
  return {
    status: 'ACTIVE',
    taskDefinition: of,
    desiredCount: 2,
    runningCount: 2,
    pendingCount: 0,
    deployments: [{ status: 'PRIMARY', taskDefinition: of, rolloutState: rollout as 'COMPLETED' }],
    ...rest,
  };
};
const rolling = state({ rollout: 'IN_PROGRESS', runningCount: 1, pendingCount: 1 });

/** Answers with one state after the other, and the last again and again. */
function client(...states: readonly (Service | undefined)[]): Pick<ECSClient, 'send'> {
  let looks = 0;
  const send = (command: unknown): Promise<object> => {
    if (command instanceof DescribeServicesCommand) {
      const next = states[Math.min(looks, states.length - 1)];
      looks += 1;
      return Promise.resolve({ services: next === undefined ? [] : [next] });
    }
    if (command instanceof ListTasksCommand) return Promise.resolve({ taskArns: ['arn:task/cluster/t1'] });
    expect(command).toBeInstanceOf(DescribeTasksCommand);
    const stopped = {
      taskArn: 'arn:task/cluster/t1',
      stoppedReason: 'Essential container in task exited',
      containers: [{ name: 'auth', exitCode: 1, reason: 'OutOfMemoryError' }],
      overrides: { containerOverrides: [{ environment: [{ name: 'X', value: 'canary' }] }] },
    };
    return Promise.resolve({ tasks: [stopped] });
  };
  return { send: send as ECSClient['send'] };
}
const wait = (states: readonly (Service | undefined)[], patienceMs = 10_000, listener = listening()) =>
  steady({ region: 'eu-west-1', cluster: 'c', service: 'app' }, listener.context, {
    client: client(...states),
    lookMs: 1,
    patienceMs,
  });

describe('steady', () => {
  it('waits, and says what for, once', async () => {
    const listener = listening();
    await wait([rolling, rolling, state()], undefined, listener);
    expect(listener.lines).toEqual(['app: 1 of 2 tasks run, 1 start.']);
  });

  it('takes the rollback of a circuit breaker for a failure', async () => {
    const back = state({ of: OLD, events: [{ message: '(service app) rolling back to deployment 6.' }] });
    const failure = wait([rolling, back]);
    await expect(failure).rejects.toMatchObject({
      code: 'NOT_STEADY',
      message: expect.stringMatching(
        /rolled back to app:6\.\nIts last events:\n {2}\(service app\) rolling back[^]*t1: Essential container in task exited; auth: exit code 1, OutOfMemoryError/,
      ),
    });
    await expect(failure).rejects.not.toThrow('canary');
  });

  it('gives up', async () => {
    await expect(wait([rolling], 20)).rejects.toMatchObject({ code: 'NOT_STEADY' });
  });

  it('ends with the signal', async () => {
    const { progress } = listening().context;
    const context = { progress, signal: AbortSignal.timeout(30) };
    const waiting = steady({ region: 'r', cluster: 'c', service: 'app' }, context, { client: client(rolling) });
    await expect(waiting).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});

describe('readRollout', () => {
  const PRIMARY = { status: 'PRIMARY', taskDefinition: NEW } as const;
  it.each<[string, Service | undefined, string]>([
    ['no service', undefined, 'failed'],
    ['one that is being deleted', state({ status: 'DRAINING' }), 'failed'],
    ['a failed deployment', state({ rollout: 'FAILED' }), 'failed'],
    [
      'the old deployment beside the new',
      state({ deployments: [PRIMARY, { status: 'ACTIVE', taskDefinition: OLD }] }),
      'rolling',
    ],
    [
      'a failed one beside the primary',
      state({ deployments: [PRIMARY, { status: 'ACTIVE', rolloutState: 'FAILED' }] }),
      'failed',
    ],
    ['too few tasks', state({ runningCount: 1 }), 'rolling'],
    ['tasks that start', state({ pendingCount: 1 }), 'rolling'],
    ['a rollout that is under way', state({ rollout: 'IN_PROGRESS' }), 'rolling'],
    ['all of it', state(), 'steady'],
  ])('takes %s for what it is', (_case, service, expected) => {
    expect(readRollout(service, NEW).state).toBe(expected);
  });

  it('sees a rollback that had begun before the first look', () => {
    const deployments = [
      {
        ...PRIMARY,
        taskDefinition: OLD,
        rolloutStateReason: 'ECS deployment circuit breaker: rolling back to deploymentId x.',
      },
    ];
    expect(readRollout(state({ of: OLD, deployments }), undefined).state).toBe('failed');
  });
});
