import { beforeEach, describe, expect, it } from '@jest/globals';

import { ApplicationLogger } from './application-logger.ts';
import { createLog } from './log.ts';

let lines: string[];
let logger: ApplicationLogger;
beforeEach(() => {
  lines = [];
  logger = new ApplicationLogger(createLog({ write: (line) => lines.push(line) }));
});
const records = (): unknown[] => lines.map((line) => JSON.parse(line) as unknown);

describe('ApplicationLogger', () => {
  it('leaves out that the framework starts, not that it warns', () => {
    logger.log('Mapped {/, GET} route', 'RouterExplorer');
    logger.warn('A route is shadowed', 'RouterExplorer');
    logger.log('Listening', 'Application');
    expect(records()).toEqual([
      expect.objectContaining({ level: 'warn', context: 'RouterExplorer', msg: 'A route is shadowed' }),
      expect.objectContaining({ level: 'info', context: 'Application', msg: 'Listening' }),
    ]);
  });

  it('says when, in a form that sorts', () => {
    logger.log('Listening');
    expect(records()).toEqual([
      { level: 'info', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/), msg: 'Listening' },
    ]);
  });

  it('takes no stack for a context', () => {
    logger.error('It failed', 'Error: secret\n    at here');
    expect(lines.join('')).not.toContain('secret');
  });

  it('names what is neither text nor error by its type', () => {
    logger.warn({ headers: { cookie: 'secret' } });
    logger.error(Object.assign(new Error('secret'), { headers: { cookie: 'secret' } }), 'Errors');
    expect(lines.join('')).not.toContain('secret');
    expect(records()).toEqual([
      expect.objectContaining({ msg: '(object)' }),
      expect.objectContaining({ msg: 'error', error: { name: 'Error', at: expect.any(Array) } }),
    ]);
  });
});
