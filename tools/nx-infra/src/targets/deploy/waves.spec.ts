import { describe, expect, it } from '@jest/globals';

import { type SynthesizedStacks } from '../../synth/manifest.ts';
import { wavesOf } from './waves.ts';

const stacks = (dependencies: Readonly<Record<string, readonly string[]>>): SynthesizedStacks =>
  new Map(
    Object.entries(dependencies).map(([name, on]) => [
      name,
      { name, dependencies: on, terraform: { provider: {}, resource: {}, data: {}, output: {} } },
    ]),
  );
const names = (all: SynthesizedStacks): readonly (readonly string[])[] =>
  wavesOf(all).map((wave) => wave.map(({ name }) => name));

describe('wavesOf', () => {
  it('puts the stacks of Gatehouse into three', () => {
    const all = stacks({
      network: [],
      cognito: [],
      ecr: [],
      alb: ['network', 'cognito'],
      ecs: ['network', 'alb', 'ecr', 'cognito'],
    });
    expect(names(all)).toEqual([['network', 'cognito', 'ecr'], ['alb'], ['ecs']]);
  });

  it('takes for applied what is not there', () => {
    expect(names(stacks({ ecs: ['alb'] }))).toEqual([['ecs']]);
    expect(names(stacks({}))).toEqual([]);
  });
});
