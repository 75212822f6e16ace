import { Socket } from 'node:net';

import { describe, expect, it } from '@jest/globals';

import { createLog } from '../log/log.ts';
import { readMalformed, refuseMalformed } from './malformed.ts';

describe('readMalformed', () => {
  it.each([
    ['HPE_HEADER_OVERFLOW', { status: 431, code: 'HEADERS_TOO_LARGE' }],
    ['ERR_HTTP_REQUEST_TIMEOUT', { status: 408, code: 'REQUEST_TIMEOUT' }],
    ['HPE_INVALID_METHOD', { status: 400, code: 'MALFORMED_REQUEST' }],
    [undefined, { status: 400, code: 'MALFORMED_REQUEST' }],
  ])('of %s', (code, malformed) => {
    expect(readMalformed(code)).toEqual(malformed);
  });
});

describe('refuseMalformed', () => {
  it('says nothing to, and nothing of, a client that has gone', () => {
    const lines: string[] = [];
    const refuse = refuseMalformed(createLog({ write: (line) => lines.push(line) }));
    refuse({ code: 'ECONNRESET' }, new Socket());
    refuse({ code: 'HPE_INVALID_METHOD' }, new Socket().destroy());
    expect(lines).toEqual([]);
  });
});
