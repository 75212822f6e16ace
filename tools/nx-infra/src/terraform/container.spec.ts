import { describe, expect, it } from '@jest/globals';

import { containerEnvironment } from './container.ts';
import { terraformJson, type TerraformJson } from './json.ts';

const ecs = (definitions: unknown): TerraformJson =>
  terraformJson.parse({ resource: { aws_ecs_task_definition: { app: { container_definitions: definitions } } } });

describe('containerEnvironment', () => {
  it('reads the variables of the first container', () => {
    const definitions = JSON.stringify([
      { name: 'app', environment: [{ name: 'PORT', value: '8080' }] },
      { name: 'sidecar', environment: [{ name: 'PORT', value: '1' }] },
    ]);
    expect(containerEnvironment(ecs(definitions))).toEqual({ PORT: '8080' });
  });

  it.each([
    ['no task definition', terraformJson.parse({})],
    ['an HCL expression', ecs('${jsonencode([])}')],
    ['no container', ecs('[]')],
    ['a list instead of a string', ecs([{ name: 'app' }])],
  ])('refuses %s', (_case, terraform) => {
    expect(() => containerEnvironment(terraform)).toThrow(expect.objectContaining({ code: 'RESOURCE_MISSING' }));
  });
});
