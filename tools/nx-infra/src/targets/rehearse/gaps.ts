import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { ListTasksCommand } from '@aws-sdk/client-ecs';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';

import { InfraError } from '../../errors.ts';
import { type TargetContext } from '../target.ts';
import { type ExpectedAccount } from './account.ts';
import { type Clients } from './clients.ts';
import { type Described, textOf } from './described.ts';
import { serviceOf } from './found.ts';

/** What a probe is handed: an environment that is applied and used. */
export interface Probed {
  readonly clients: Clients;
  readonly described: Described;
  readonly account: ExpectedAccount;
  readonly endpoint: string;
}

/** @returns whether a gap is still there */
type Probe = (probed: Probed) => Promise<boolean>;

/** Something that the simulated AWS does otherwise than AWS, so that a rehearsal does not show it. */
export interface Gap {
  readonly name: string;
  /** What is not shown, and what shows it instead. */
  readonly notShown: string;
  readonly isStillSo: Probe;
}

const runsNoTask: Probe = async ({ clients, described }) => {
  const { runningCount = 0 } = await serviceOf(clients, described);
  const cluster = textOf(described.one('aws_ecs_cluster'), 'name');
  const { taskArns = [] } = await clients.ecs.send(new ListTasksCommand({ cluster }));
  return runningCount > 0 && taskArns.length === 0;
};

const asksForNoPermission: Probe = async ({ clients }) => {
  // Nobody gave these credentials any right, or made them.
  const { Arn } = await clients.who.send(new GetCallerIdentityCommand({}));
  return Arn !== undefined;
};

const answersWithoutTls: Probe = async ({ clients, account, endpoint }) => {
  const { $metadata } = await clients.s3.send(new ListObjectsV2Command({ Bucket: account.bucket }));
  return endpoint.startsWith('http:') && $metadata.httpStatusCode === 200;
};

const deliversNoLog: Probe = async ({ clients, described }) => {
  const [bucket] = described.all('aws_s3_bucket');
  if (bucket === undefined) return true;
  const { Contents = [] } = await clients.s3.send(new ListObjectsV2Command({ Bucket: textOf(bucket, 'bucket') }));
  return Contents.every(({ Key }) => !Key?.endsWith('ELBAccessLogTestFile'));
};

/**
 * All of them. The stacks are applied as they are: nothing of their JSON is left out or changed.
 *
 * Each is looked for in every rehearsal: once the simulated AWS does it, the entry has to go, and what it excused be
 * checked.
 */
export const GAPS: readonly Gap[] = [
  {
    name: 'no task runs',
    notShown:
      'The service counts its tasks as running, and none does: whether the image starts, whether the load balancer ' +
      'finds it healthy, and what is answered from outside. infra:verify shows it after a deployment.',
    isStillSo: runsNoTask,
  },
  {
    name: 'no permissions',
    notShown:
      'Whoever asks may do everything: whether the role that deploys, and the roles of the tasks, have the rights that ' +
      'they need. A deployment to a real account shows it.',
    isStillSo: asksForNoPermission,
  },
  {
    name: 'no TLS',
    notShown:
      'The simulated AWS is asked over HTTP on this machine, and answers although the buckets refuse that: that ' +
      'requests without TLS are refused. Their policies are compared instead.',
    isStillSo: answersWithoutTls,
  },
  {
    name: 'no log delivery',
    notShown:
      'The load balancer writes no test object when its access logs are switched on: whether the policy of the bucket ' +
      'lets it. A deployment to a real account fails where it does not.',
    isStillSo: deliversNoLog,
  },
];

/**
 * Tells every gap.
 *
 * @throws {InfraError} `REHEARSAL_FAILED` for one that is closed
 */
export async function tellGaps(probed: Probed, { progress }: TargetContext, gaps = GAPS): Promise<void> {
  for (const { name, notShown, isStillSo } of gaps) {
    if (await isStillSo(probed)) progress.note(`- ${name}: ${notShown}`);
    else {
      throw new InfraError(
        'REHEARSAL_FAILED',
        `The simulated AWS has closed a gap: "${name}". Remove it from gaps.ts, and check what it excused.`,
      );
    }
  }
}
