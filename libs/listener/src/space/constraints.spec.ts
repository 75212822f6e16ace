import { describe, expect, it } from '@jest/globals';
import { type Condition } from '../model.ts';
import { Constraints } from './constraints.ts';

const path = (...values: readonly string[]): Condition => ({ field: 'path-pattern', values });

describe('Constraints', () => {
  it('compiles equal conditions once', () => {
    const constraints = new Constraints();
    expect(constraints.of(path('/a'))).toBe(constraints.of(path('/a')));
    expect(constraints.of(path('/a')).id).not.toBe(constraints.of(path('/b')).id);
  });

  it.each([
    [path('/a*'), path('*b'), true],
    [path('/a*'), path('/b*'), false],
    [path('/a', '/b'), path('/b', '/c'), true],
    [{ field: 'host-header', values: ['*.a.com'] }, { field: 'host-header', values: ['*.A.com'] }, true],
    [{ field: 'host-header', values: ['*.a.com'] }, { field: 'host-header', values: ['a.com'] }, false],
    [{ field: 'http-request-method', values: ['GET'] }, { field: 'http-request-method', values: ['get'] }, false],
    [{ field: 'source-ip', values: ['10.0.0.0/8'] }, { field: 'source-ip', values: ['10.1.0.0/16'] }, true],
    [{ field: 'source-ip', values: ['0.0.0.0/0'] }, { field: 'source-ip', values: ['::/0'] }, false],
    // Two fields of one header, or two pairs of a query, meet one each.
    [{ field: 'http-header', name: 'x', values: ['a'] }, { field: 'http-header', name: 'x', values: ['b'] }, true],
    [path('/a'), { field: 'http-request-method', values: ['GET'] }, true],
  ] as const)('%j and %j overlap: %s', (one, other, expected) => {
    const constraints = new Constraints();
    expect(constraints.overlap([constraints.of(one)], [constraints.of(other)])).toBe(expected);
  });
});
