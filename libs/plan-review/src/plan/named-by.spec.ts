import { describe, expect, it } from '@jest/globals';
import { byReference, changeOf } from '../testdata/change-of.ts';
import { namedBy, textsOf } from './named-by.ts';

describe('namedBy', () => {
  it('finds what is named before, after, and in the configuration', () => {
    const change = changeOf(
      'aws_lb.alb',
      { security_groups: ['${aws_security_group.before.id}', 'sg-unknown'] },
      { security_groups: [{ deep: '${aws_security_group.after.id}' }] },
      {
        written: {
          security_groups: [{ inner: { references: ['aws_security_group.written.id', 'aws_security_group.written'] } }],
        },
      },
    );
    expect(namedBy(change, 'security_groups', byReference)).toEqual([
      'app/aws_security_group.before',
      'app/aws_security_group.after',
      'app/aws_security_group.written',
    ]);
    expect(namedBy(change, 'subnets', byReference)).toEqual([]);
  });
});

describe('textsOf', () => {
  it('gives every text', () => {
    expect(textsOf({ a: ['x', { b: 'y', c: 5 }], d: null })).toEqual(['x', 'y']);
  });
});
