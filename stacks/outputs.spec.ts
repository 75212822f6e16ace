import { describe, expect, it } from '@jest/globals';

import { contracts, type StackName } from './contracts/index.ts';
import { environments } from './environments/index.ts';
import { type Block } from './terraform/synthesized.ts';
import { synthesized } from './testing/synthesized.ts';

const REMOTE = /data\.terraform_remote_state\.([a-z]+)\.outputs\.([A-Za-z]+)/g;

describe.each(Object.values(environments))('the outputs of the stacks of $name', (environment) => {
  const all = synthesized(environment);
  const outputs = (stack: StackName) => all.json(stack)['output'] as Readonly<Record<string, Block>>;

  const published = contracts.filter(({ stack }) => all.stacks.some(({ name }) => name === stack));

  it.each(published)('are those of the contract of $stack, each with its kind', ({ stack, outputs: promised }) => {
    const kinds = Object.entries(outputs(stack)).map(([name, output]) => [name, (output['//'] as Block)['kind']]);
    expect(Object.fromEntries(kinds)).toEqual(
      Object.fromEntries(Object.entries(promised).map(([name, { kind }]) => [name, kind])),
    );
  });

  it('are there for everyone who asks', () => {
    const asked = all.stacks.flatMap(({ json }) => [...JSON.stringify(json).matchAll(REMOTE)]);
    expect(asked.length).toBeGreaterThan(10);
    const missing = asked.filter(([, stack, name]) => !(String(name) in outputs(stack as StackName)));
    expect(missing.map(([reference]) => reference)).toEqual([]);
  });

  it('hold nothing secret, and none is marked so', () => {
    const texts = published.map(({ stack }) => JSON.stringify(outputs(stack)));
    for (const text of texts) expect(text).not.toMatch(/sensitive|secret|password/i);
  });
});
