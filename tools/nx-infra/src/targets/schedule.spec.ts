import { setTimeout as delay } from 'node:timers/promises';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { type SynthesizedStack, type SynthesizedStacks } from '../synth/manifest.ts';
import { terraformJson } from '../terraform/json.ts';
import { schedule, standingUnder } from './schedule.ts';

const stacks = (dependencies: Readonly<Record<string, readonly string[]>>): SynthesizedStacks =>
  new Map(
    Object.entries(dependencies).map(([name, on]): [string, SynthesizedStack] => [
      name,
      { name, dependencies: on, terraform: terraformJson.parse({}) },
    ]),
  );
const HOUSE = stacks({
  network: [],
  cognito: [],
  ecr: [],
  alb: ['network', 'cognito'],
  ecs: ['network', 'alb', 'ecr', 'cognito'],
});

describe('schedule', () => {
  it('hands each the results of those under it', async () => {
    const outcomes = await schedule(HOUSE, 2, ({ name }, under) =>
      Promise.resolve(`${name}(${[...under.values()].join(' ')})`),
    );
    expect(outcomes.get('alb')).toEqual({ status: 'done', value: 'alb(network() cognito())' });
    expect([...outcomes.keys()]).toEqual([...HOUSE.keys()]);
  });

  it('never runs more than the limit, nor anything before what is under it', async () => {
    const graphs = fc
      .integer({ min: 1, max: 8 })
      .chain((count) =>
        fc.tuple(
          ...Array.from({ length: count }, (_item, index) =>
            fc.subarray(Array.from({ length: index }, (_each, n) => `s${n}`)),
          ),
        ),
      );
    await fc.assert(
      fc.asyncProperty(graphs, fc.integer({ min: 1, max: 3 }), async (edges, limit) => {
        const graph = stacks(Object.fromEntries(edges.map((on, index) => [`s${index}`, on])));
        const done = new Set<string>();
        let running = 0;
        await schedule(graph, limit, async ({ name, dependencies }) => {
          running += 1;
          expect(running).toBeLessThanOrEqual(limit);
          expect(dependencies.every((each) => done.has(each))).toBe(true);
          await delay(0);
          done.add(name);
          running -= 1;
        });
        expect(done.size).toBe(graph.size);
      }),
      { numRuns: 30 },
    );
  });

  it('does not wait for a stack that nothing needs', async () => {
    const order: string[] = [];
    await schedule(HOUSE, 3, async ({ name }) => {
      await delay(name === 'ecr' ? 30 : 1);
      order.push(name);
    });
    expect(order).toEqual(['network', 'cognito', 'alb', 'ecr', 'ecs']);
  });

  it('stops only what stands on a failure', async () => {
    const error = new Error('no');
    const outcomes = await schedule(HOUSE, 2, ({ name }) =>
      name === 'cognito' ? Promise.reject(error) : Promise.resolve(name),
    );
    expect(Object.fromEntries(outcomes)).toEqual({
      network: { status: 'done', value: 'network' },
      cognito: { status: 'failed', error },
      ecr: { status: 'done', value: 'ecr' },
      alb: { status: 'skipped', because: 'cognito' },
      ecs: { status: 'skipped', because: 'alb' },
    });
  });
});

describe('standingUnder', () => {
  it.each([
    [undefined, ['network', 'cognito', 'ecr', 'alb', 'ecs']],
    ['ecr', ['ecr']],
    ['alb', ['network', 'cognito', 'alb']],
  ])('of %s', (name, expected) => {
    expect([...standingUnder(HOUSE, name).keys()]).toEqual(expected);
  });

  it('follows what is not named directly', () => {
    const chain = stacks({ a: [], b: ['a'], c: ['b'] });
    expect([...standingUnder(chain, 'c').keys()]).toEqual(['a', 'b', 'c']);
  });
});
