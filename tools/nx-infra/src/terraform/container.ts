import { z } from 'zod';

import { InfraError } from '../errors.ts';
import { type TerraformJson } from './json.ts';

const containersSchema = z
  .array(
    z.looseObject({
      environment: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
    }),
  )
  .min(1);

/**
 * The environment variables that the first container of the task definition `app` gets.
 *
 * @param ecs the ecs stack
 * @throws {InfraError} `RESOURCE_MISSING`
 */
export function containerEnvironment(ecs: TerraformJson): Readonly<Record<string, string>> {
  const definitions = ecs.resource['aws_ecs_task_definition']?.['app']?.['container_definitions'];
  const containers = containersSchema.safeParse(parse(definitions));
  if (!containers.success) {
    throw new InfraError(
      'RESOURCE_MISSING',
      'The ecs stack has no aws_ecs_task_definition.app with a JSON string of container definitions: ' +
        'the application would have no settings. Look at stacks/ecs.',
      { cause: containers.error },
    );
  }
  return Object.fromEntries(containers.data[0]?.environment.map(({ name, value }) => [name, value]) ?? []);
}

function parse(definitions: unknown): unknown {
  try {
    return typeof definitions === 'string' ? JSON.parse(definitions) : undefined;
  } catch {
    return undefined;
  }
}
