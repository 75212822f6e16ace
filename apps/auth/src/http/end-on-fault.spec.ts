import { EventEmitter } from 'node:events';

import { expect, it } from '@jest/globals';

import { endOnFault } from './end-on-fault.ts';

it('reports an error that nobody caught, then ends with 1', () => {
  const steps: unknown[] = [];
  const process = Object.assign(new EventEmitter(), { exit: (code: number) => steps.push(code) });
  endOnFault(process, (error) => steps.push(error));
  const fault = new Error('nobody expected this');
  process.emit('uncaughtException', fault);
  expect(steps).toEqual([fault, 1]);
});
