import { stripVTControlCharacters } from 'node:util';

import { describe, expect, it } from '@jest/globals';

import { createLog } from './log.ts';
import { textLine } from './text-line.ts';

function text(fields: object, msg: string): string {
  let line = '';
  createLog({ write: (json) => (line = textLine(json)) }).info(fields, msg);
  return stripVTControlCharacters(line);
}

describe('textLine', () => {
  it('puts first what a person looks for', () => {
    expect(text({ context: 'Application' }, 'Listening')).toMatch(/^\d\d:\d\d:\d\d info \[Application\] Listening\n$/);
    expect(text({ method: 'GET', status: 200 }, 'request')).toMatch(/ info request method=GET status=200\n$/);
  });

  it('is one line, and commands no terminal', () => {
    const line = text({ subject: 'a\nb\u001b[2J' }, 'x\ry\u009b');
    expect(line.split('\n')).toHaveLength(2);
    expect(line.trimEnd()).not.toMatch(/\p{Cc}/u);
  });
});
