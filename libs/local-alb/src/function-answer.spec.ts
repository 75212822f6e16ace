import { describe, expect, it } from '@jest/globals';

import { readFunctionAnswer } from './function-answer.ts';

const single = { lambda: { multiValueHeaders: false } };
const multiple = { lambda: { multiValueHeaders: true } };
const read = (returned: unknown, group = single) => readFunctionAnswer(JSON.stringify(returned), group);

describe('readFunctionAnswer', () => {
  it('reads status, headers and body, and leaves out what the load balancer says itself', () => {
    const headers = {
      'Content-Type': 'text/plain',
      'X-Count': '3',
      Connection: 'X-Mine',
      'X-Mine': 'secret',
      'Transfer-Encoding': 'chunked',
      'Content-Length': '999',
    };
    expect(read({ statusCode: 201, statusDescription: '201 Created', headers, body: 'grüße' })).toEqual({
      status: 201,
      headers: [
        ['Content-Type', 'text/plain'],
        ['X-Count', '3'],
      ],
      body: Buffer.from('grüße'),
    });
    expect(read({ statusCode: 204 })).toEqual({ status: 204, headers: [], body: Buffer.alloc(0) });
    expect(read({ statusCode: 200, isBase64Encoded: true, body: '/w==' })).toMatchObject({ body: Buffer.from([255]) });
  });

  it('reads the headers of the shape that the group has, and no others', () => {
    const both = { statusCode: 200, headers: { a: '1' }, multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] } };
    expect(read(both)).toMatchObject({ headers: [['a', '1']] });
    expect(read(both, multiple)).toMatchObject({
      headers: [
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
      ],
    });
  });

  it.each([
    ['text', 'hello'],
    ['null', null],
    ['a list', []],
    ['nothing of a status', { body: 'x' }],
    ['a status of text', { statusCode: '200' }],
    ['a status that announces another', { statusCode: 101 }],
    ['a status out of range', { statusCode: 600 }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['a body of null', { statusCode: 200, body: null }],
    ['a body that is not Base64', { statusCode: 200, body: '/w==\n', isBase64Encoded: true }],
    ['a header of a number', { statusCode: 200, headers: { a: 1 } }],
    ['a header of lists', { statusCode: 200, headers: { a: ['1'] } }],
    ['a header with a line end', { statusCode: 200, headers: { a: '1\r\nSet-Cookie: b=1' } }],
    ['a header whose name is none', { statusCode: 200, headers: { 'a b': '1' } }],
    ['a header beyond Latin-1', { statusCode: 200, headers: { a: '€' } }],
  ])('takes %s for no answer', (_, returned) => {
    expect(read(returned)).toBe('LambdaInvalidResponse');
  });

  it('knows what is not JSON, and what a function threw', () => {
    expect(readFunctionAnswer('', single)).toBe('LambdaInvalidResponse');
    expect(readFunctionAnswer('{"statusCode": 200', single)).toBe('LambdaInvalidResponse');
    expect(read({ errorType: 'Error', errorMessage: 'no' })).toBe('LambdaUnhandled');
  });
});
