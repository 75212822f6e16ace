import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { ApplicationLogger } from './application-logger.ts';

const written: string[] = [];
const catching = (stream: NodeJS.WriteStream): unknown =>
  jest.spyOn(stream, 'write').mockImplementation((chunk) => {
    written.push(String(chunk));
    return true;
  });

afterEach(() => {
  jest.restoreAllMocks();
  written.length = 0;
});

describe('ApplicationLogger', () => {
  it('leaves out that the framework starts, not that it warns', () => {
    catching(process.stdout);
    catching(process.stderr);
    const logger = new ApplicationLogger(false);
    logger.log('Mapped {/, GET} route', 'RouterExplorer');
    logger.warn('A route is shadowed', 'RouterExplorer');
    logger.log('Listening', 'Application');
    expect(written.map((line) => (JSON.parse(line) as { message: string }).message)).toEqual([
      'A route is shadowed',
      'Listening',
    ]);
  });

  it('writes text to a terminal', () => {
    catching(process.stdout);
    new ApplicationLogger(true).log('Listening', 'Application');
    expect(written.join('')).toMatch(/LOG.*Listening/);
  });
});
