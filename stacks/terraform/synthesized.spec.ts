import { describe, expect, it } from '@jest/globals';

import { blocks, resourcesOf } from './synthesized.ts';

describe('blocks', () => {
  it('takes one block and a list of blocks alike', () => {
    expect(blocks({ a: { x: 1 } }, 'a')).toEqual([{ x: 1 }]);
    expect(blocks({ a: [{ x: 1 }, { x: 2 }] }, 'a')).toEqual([{ x: 1 }, { x: 2 }]);
    expect(blocks({}, 'a')).toEqual([]);
    expect(blocks({ a: 'text' }, 'a')).toEqual([]);
  });
});

describe('resourcesOf', () => {
  const expected = [{ stack: 's', type: 'aws_lb', name: 'a', address: 's: aws_lb.a', body: { x: 1 } }];

  it.each([
    { resource: { aws_lb: { a: { x: 1 } } } },
    { resource: [{ aws_lb: { a: { x: 1 } } }] },
    { resource: { aws_lb: [{ a: { x: 1 } }] } },
    { resource: { aws_lb: { a: [{ x: 1 }] } } },
    { resource: [{ aws_lb: [{ a: [{ x: 1 }] }] }] },
  ])('finds a resource however it is nested: %j', (json) => {
    expect(resourcesOf({ name: 's', json })).toEqual(expected);
  });

  it('finds none in a stack without', () => {
    expect(resourcesOf({ name: 's', json: {} })).toEqual([]);
  });
});
