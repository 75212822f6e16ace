import { type AddressInfo, createServer } from 'node:net';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { errorRecord } from './error-record.ts';

const SECRET = 'eyJhbGciOiJub25lIn0';

describe('errorRecord', () => {
  it('says what kind of error it was, and where', () => {
    const record = errorRecord(Object.assign(new TypeError('x'), { code: 'ERR_INVALID_ARG_TYPE' }));
    expect(record).toMatchObject({ name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' });
    expect(record.at[0]).toMatch(/error-record\.spec\.ts:\d+:\d+\)?$/);
    expect(record.at.length).toBeLessThanOrEqual(12);
  });

  it('says which call to the system failed, and for what address', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    const error = await new Promise((resolve) => {
      taken.once('listening', () => {
        const { port } = taken.address() as AddressInfo;
        createServer().once('error', resolve).listen(port, '127.0.0.1');
      });
    });
    taken.close();
    expect(errorRecord(error)).toMatchObject({
      code: 'EADDRINUSE',
      system: expect.stringMatching(/^listen 127\.0\.0\.1:\d+$/),
    });
  });

  it.each<[string, unknown]>([
    ['its message', new Error(SECRET)],
    ['a message of several lines, like frames', new Error(`x\n    at ${SECRET} (/a.ts:1:1)\n    at /${SECRET}:1:1`)],
    ['its properties', Object.assign(new Error('x'), { headers: { cookie: SECRET }, config: SECRET })],
    ['its name', Object.assign(new Error('x'), { name: `Bearer ${SECRET}` })],
    ['its code', Object.assign(new Error('x'), { code: `=${SECRET}` })],
    ['its cause', new Error('x', { cause: new Error(SECRET, { cause: { cookie: SECRET } }) })],
    ['a stack of its own', Object.assign(new Error(SECRET), { stack: `    at ${SECRET} (/a.ts:1:1)` })],
    ['a system error without a system', Object.assign(new Error('x'), { errno: -1, syscall: ` ${SECRET}` })],
    ['what is no error', { cookie: SECRET }],
    ['a text', SECRET],
  ])('leaves out %s', (_, thrown) => {
    expect(JSON.stringify(errorRecord(thrown))).not.toContain(SECRET);
  });

  it('leaves out whatever a parser quotes', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (rest) => {
        try {
          JSON.parse(`${SECRET}${rest}`);
        } catch (error) {
          expect(JSON.stringify(errorRecord(error))).not.toContain(SECRET.slice(0, 8));
        }
      }),
    );
  });

  it('ends, though causes may go round', () => {
    const error = new Error('x');
    error.cause = error;
    expect(JSON.stringify(errorRecord(error)).length).toBeLessThan(20_000);
  });
});
