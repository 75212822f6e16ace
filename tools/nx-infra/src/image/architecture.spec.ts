import { describe, expect, it } from '@jest/globals';

import { type SynthesizedStacks } from '../synth/manifest.ts';
import { terraformJson } from '../terraform/json.ts';
import { platformOf } from './architecture.ts';

const stacks = (definition: object): SynthesizedStacks => {
  const terraform = terraformJson.parse({ resource: { aws_ecs_task_definition: { app: definition } } });
  return new Map([['ecs', { name: 'ecs', dependencies: [], terraform }]]);
};

describe('platformOf', () => {
  it.each([
    ['X86_64', 'linux/amd64'],
    ['ARM64', 'linux/arm64'],
  ])('%s is %s', (cpu_architecture, platform) => {
    expect(platformOf(stacks({ runtime_platform: { cpu_architecture } }))).toBe(platform);
    expect(platformOf(stacks({ runtime_platform: [{ cpu_architecture }] }))).toBe(platform);
  });

  it('is not guessed', () => {
    const refused = expect.objectContaining({ code: 'RESOURCE_MISSING' });
    expect(() => platformOf(stacks({}))).toThrow(refused);
    expect(() => platformOf(stacks({ runtime_platform: { cpu_architecture: 'toString' } }))).toThrow(refused);
    expect(() => platformOf(new Map())).toThrow(refused);
  });
});
