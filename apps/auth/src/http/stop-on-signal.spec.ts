import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';

import { describe, expect, it } from '@jest/globals';

import { stopOnSignal } from './stop-on-signal.ts';

class FakeProcess extends EventEmitter {
  readonly steps: string[] = [];

  exit(code: number): void {
    this.steps.push(`exit ${code}`);
  }
}

const never = (): Promise<void> => new Promise(() => undefined);

function start({ drained = () => Promise.resolve(), close = () => Promise.resolve() } = {}): FakeProcess {
  const process = new FakeProcess();
  const { steps } = process;
  const step =
    (name: string, next: () => Promise<void>): (() => Promise<void>) =>
    () => {
      steps.push(name);
      return next();
    };
  stopOnSignal(
    {
      begin: () => steps.push('begin'),
      drained: step('drain', drained),
      close: step('close', close),
      report: (error) => steps.push(String(error)),
    },
    process,
  );
  return process;
}

describe('stopOnSignal', () => {
  it('drains at SIGTERM, then closes, then exits with 0', async () => {
    let drained = (): void => undefined;
    const process = start({ drained: () => new Promise((resolve) => (drained = resolve)) });
    process.emit('SIGTERM', 'SIGTERM');
    await setImmediate();
    expect(process.steps).toEqual(['begin', 'drain']);
    drained();
    await setImmediate();
    expect(process.steps).toEqual(['begin', 'drain', 'close', 'exit 0']);
  });

  it('closes at SIGINT without a wait', async () => {
    const process = start();
    process.emit('SIGINT', 'SIGINT');
    await setImmediate();
    expect(process.steps).toEqual(['begin', 'close', 'exit 0']);
  });

  it.each([
    ['while it drains', { drained: never }, ['begin', 'drain', 'exit 130']],
    ['while it closes', { close: never }, ['begin', 'drain', 'close', 'exit 130']],
  ])('ends at once at the second signal, %s', async (_, parts, steps) => {
    const process = start(parts);
    process.emit('SIGTERM', 'SIGTERM');
    await setImmediate();
    process.emit('SIGINT', 'SIGINT');
    await setImmediate();
    expect(process.steps).toEqual(steps);
  });

  it('exits with 1 and reports when closing fails', async () => {
    const process = start({ close: () => Promise.reject(new Error('busy')) });
    process.emit('SIGTERM', 'SIGTERM');
    await setImmediate();
    expect(process.steps).toEqual(['begin', 'drain', 'close', 'Error: busy', 'exit 1']);
  });
});
