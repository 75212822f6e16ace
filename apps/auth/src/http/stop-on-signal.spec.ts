import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';

import { describe, expect, it } from '@jest/globals';

import { stopOnSignal } from './stop-on-signal.ts';

class FakeProcess extends EventEmitter {
  readonly exits: number[] = [];

  exit(code: number): void {
    this.exits.push(code);
  }
}

function start(close: () => Promise<void>): { process: FakeProcess; closed: () => number; reports: unknown[] } {
  const process = new FakeProcess();
  const reports: unknown[] = [];
  let count = 0;
  const app = {
    close: (): Promise<void> => {
      count += 1;
      return close();
    },
  };
  stopOnSignal(app, process, (error) => reports.push(error));
  return { process, closed: () => count, reports };
}

describe('stopOnSignal', () => {
  it.each(['SIGTERM', 'SIGINT'])('closes at %s, then exits with 0', async (signal) => {
    const { process, closed } = start(() => Promise.resolve());
    process.emit(signal, signal);
    expect(process.exits).toEqual([]);
    await setImmediate();
    expect(closed()).toBe(1);
    expect(process.exits).toEqual([0]);
  });

  it('ends at once at the second signal, without closing again', () => {
    const { process, closed } = start(() => new Promise(() => undefined));
    process.emit('SIGTERM', 'SIGTERM');
    process.emit('SIGINT', 'SIGINT');
    expect(closed()).toBe(1);
    expect(process.exits).toEqual([130]);
  });

  it('exits with 1 and reports when closing fails', async () => {
    const failure = new Error('busy');
    const { process, reports } = start(() => Promise.reject(failure));
    process.emit('SIGTERM', 'SIGTERM');
    await setImmediate();
    expect(process.exits).toEqual([1]);
    expect(reports).toEqual([failure]);
  });
});
