import { expect, it } from '@jest/globals';

import { needing } from '../../testing/needing.ts';
import { listening, workspace } from '../../testing/workspace.ts';
import { validate } from './validate.ts';

// terraform_data is part of Terraform, so that no provider has to start.
const GOOD = { json: { resource: { terraform_data: { thing: { input: 'a' } } } } };
const BAD = { json: { resource: { terraform_data: { thing: { no_such: 1 } } } } };

needing('terraform')('infra:validate', () => {
  it('finds what is wrong, in every stack, and where', async () => {
    await using house = await workspace({ good: GOOD, bad: BAD, worse: { ...BAD, dependencies: ['bad'] } });
    const { context, lines } = listening();
    await expect(validate({ root: house.root, env: 'test' }, context)).rejects.toMatchObject({
      code: 'STACKS_FAILED',
      message: expect.stringContaining('Not valid: bad, worse.'),
    });
    expect(lines.join('\n')).toMatch(/good +validate done: no warnings/);
    expect(lines.join('\n')).toMatch(/bad +validate failed: error: Extraneous JSON object property.*no_such/);
  });

  it('takes one stack alone, and opens no state', async () => {
    const elsewhere = { terraform: { backend: { s3: { bucket: 'no-such', key: 'k', region: 'eu-west-1' } } } };
    await using house = await workspace({ good: { json: { ...GOOD.json, ...elsewhere } }, bad: BAD });
    const result = await validate({ root: house.root, env: 'test', stack: 'good' }, listening().context);
    expect(result).toEqual({ message: 'Valid for test: good.', data: { stacks: ['good'] } });
  });

  it('refuses a stack that there is not', async () => {
    await using house = await workspace({ good: GOOD });
    await expect(validate({ root: house.root, env: 'test', stack: 'x' }, listening().context)).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: expect.stringContaining('one of good'),
    });
  });
});
