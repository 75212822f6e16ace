import { expect, it } from '@jest/globals';

import { failuresOf } from '../test/count-reporter.mjs';

type Suite = Parameters<typeof failuresOf>[0];

const suite = (found: object): Suite => ({ testResults: [], ...found }) as unknown as Suite;

it('tells of each failed test which it is, and the first lines of why', () => {
  const long = Array.from({ length: 50 }, (_, line) => `line ${line}`).join('\n');
  const [first, ...others] = failuresOf(
    suite({
      testResults: [
        { status: 'passed', fullName: 'a door opens', failureMessages: [] },
        {
          status: 'failed',
          fullName: 'a door stays closed',
          failureMessages: [`\u001b[31mError: open\u001b[39m\n${long}`],
        },
      ],
    }),
  );
  expect(others).toEqual([]);
  expect(first).toMatch(/^a door stays closed\n {2}Error: open\n {2}line 0\n/);
  expect(first?.split('\n')).toHaveLength(20);
});

it('tells of a suite that could not be run', () => {
  const failures = failuresOf(
    suite({ testExecError: { message: 'no' }, testFilePath: '/door.spec.ts', failureMessage: 'Cannot find it' }),
  );
  expect(failures).toEqual(['/door.spec.ts\n  Cannot find it']);
});
