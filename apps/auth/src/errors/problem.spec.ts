import { describe, expect, it } from '@jest/globals';
import { BadRequestException, ForbiddenException, HttpException, NotFoundException } from '@nestjs/common';

import { conceal, readProblem } from './problem.ts';

describe('readProblem', () => {
  it('keeps the code that an exception was given', () => {
    expect(readProblem(new ForbiddenException({ code: 'GROUP_REQUIRED' }))).toEqual({
      status: 403,
      code: 'GROUP_REQUIRED',
    });
  });

  it('makes a code of the status else, and passes no message on', () => {
    expect(readProblem(new BadRequestException('the secret is 1234'))).toEqual({ status: 400, code: 'BAD_REQUEST' });
    expect(readProblem(new HttpException('x', 599))).toEqual({ status: 599, code: 'ERROR' });
    expect(readProblem(new ForbiddenException({ code: 'Bearer eyJ' }))).toEqual({ status: 403, code: 'FORBIDDEN' });
  });

  it('believes the status of an error of Fastify, and of no other', () => {
    const tooLarge = Object.assign(new Error('too large'), { code: 'FST_ERR_CTP_BODY_TOO_LARGE', statusCode: 413 });
    expect(readProblem(tooLarge)).toEqual({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
    const other = Object.assign(new Error('fine'), { code: 'E_OTHER', statusCode: 200 });
    expect(readProblem(other)).toEqual({ status: 500, code: 'INTERNAL_SERVER_ERROR' });
    expect(readProblem('thrown text')).toEqual({ status: 500, code: 'INTERNAL_SERVER_ERROR' });
  });
});

describe('conceal', () => {
  const missing = readProblem(new NotFoundException());

  it('tells only somebody known that a page is missing', () => {
    expect(conceal(missing, 'known')).toEqual({ status: 404, code: 'NOT_FOUND' });
    expect(conceal(missing, 'stranger')).toEqual({ status: 401, code: 'UNAUTHORIZED' });
  });

  it('leaves other problems as they are', () => {
    const refused = readProblem(new ForbiddenException());
    expect(conceal(refused, 'stranger')).toEqual(refused);
  });
});
