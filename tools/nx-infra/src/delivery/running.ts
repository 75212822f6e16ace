import { DescribeServicesCommand, DescribeTaskDefinitionCommand, type ECSClient } from '@aws-sdk/client-ecs';

import { InfraError } from '../errors.ts';
import { type SynthesizedStacks } from '../synth/manifest.ts';
import { type TargetResult } from '../targets/target.ts';

const DIGEST = /@(sha256:[0-9a-f]{64})$/;

/**
 * `infra:running`: the image that the service runs, so that a change of the stacks can be planned without a change of
 * the image. None where nothing runs yet.
 *
 * @throws {InfraError} `STACK_MISSING`, `AWS_FAILED`
 */
export async function running(
  env: string,
  stacks: SynthesizedStacks,
  client: Pick<ECSClient, 'send'>,
): Promise<TargetResult & { data: { digest: string | null } }> {
  const at = { cluster: nameOf(stacks, 'aws_ecs_cluster'), service: nameOf(stacks, 'aws_ecs_service') };
  const digest = await look(at, client).catch((error: unknown) => {
    // Nothing was applied yet.
    if (['ClusterNotFoundException', 'ServiceNotFoundException'].includes((error as Error).name)) return null;
    throw new InfraError('AWS_FAILED', `Which image ${env} runs is not known: ${(error as Error).message}`);
  });
  return { message: digest === null ? `${env} runs no image yet.` : `${env} runs ${digest}.`, data: { digest } };
}

async function look(
  { cluster, service }: { readonly cluster: string; readonly service: string },
  client: Pick<ECSClient, 'send'>,
): Promise<string | null> {
  const { services = [] } = await client.send(new DescribeServicesCommand({ cluster, services: [service] }));
  const taskDefinition = services.find(({ status }) => status === 'ACTIVE')?.taskDefinition;
  if (taskDefinition === undefined) return null;
  const { taskDefinition: found } = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  const image = found?.containerDefinitions?.[0]?.image ?? '';
  return DIGEST.exec(image)?.[1] ?? null;
}

function nameOf(stacks: SynthesizedStacks, type: string): string {
  const [body] = Object.values(stacks.get('ecs')?.terraform.resource[type] ?? {});
  const name = body?.['name'];
  if (typeof name === 'string') return name;
  throw new InfraError('STACK_MISSING', `There is no ecs stack with one ${type}, so that nothing runs.`);
}
