import { describe, expect, it } from '@jest/globals';
import { ListenerError } from '../errors.ts';
import { Problems } from './problems.ts';

const failing = (what: string) => () => {
  throw new ListenerError('INVALID_FIELD', 'aws_lb.alb', { what, why: 'Why', mend: 'Mend' });
};

describe('Problems', () => {
  it('keeps what was thrown, in order, and goes on', () => {
    const problems = new Problems();
    expect([problems.attempt(failing('One')), problems.attempt(() => 2), problems.attempt(failing('Three'))]).toEqual([
      undefined,
      2,
      undefined,
    ]);
    expect(problems.all.map(({ message }) => message.slice(0, 16))).toEqual(['aws_lb.alb: One.', 'aws_lb.alb: Thre']);
    expect(problems.since(1)).toEqual([problems.all[1]?.message]);
  });

  it('hides no other error', () => {
    expect(() =>
      new Problems().attempt(() => {
        throw new TypeError('A bug');
      }),
    ).toThrow(TypeError);
  });
});
