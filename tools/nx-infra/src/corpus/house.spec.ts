import { describe, expect, it } from '@jest/globals';

import { add, block, copy, drop, everywhere, House, rename, replaceIn, set, type Step, unprotected } from './house.ts';

const json = {
  resource: {
    aws_lb: { alb: { name: 'a', access_logs: { enabled: true }, lifecycle: { prevent_destroy: true } } },
    aws_lb_listener: { https: { load_balancer_arn: '${aws_lb.alb.arn}', default_action: [{ type: 'forward' }] } },
  },
};
function edited(...steps: readonly Step[]): unknown {
  const house = new House(new Map([['alb', json]]));
  for (const step of steps) step(house);
  expect(json.resource.aws_lb.alb.name).toBe('a');
  return house.json('alb');
}

describe('the edits of a house', () => {
  it.each<[string, Step, unknown]>([
    ['set a value', set('alb', 'aws_lb.alb', 'access_logs.enabled', false), 'alb.access_logs.enabled=false'],
    ['set one in a list', set('alb', 'aws_lb_listener.https', 'default_action.0.type', 'redirect'), 'redirect'],
    ['take a value away', set('alb', 'aws_lb.alb', 'name', undefined), 'no name'],
    ['lift a protection', unprotected('alb', 'aws_lb.alb'), 'no lifecycle'],
  ])('%s', (_case, step) => {
    expect(edited(step)).not.toEqual(json);
  });

  it('adds, copies, and takes away; a type of which there is none is gone', () => {
    expect(edited(add('alb', 'aws_x.y', { a: 1 }))).toMatchObject({ resource: { aws_x: { y: { a: 1 } } } });
    expect(edited(copy('alb', 'aws_lb.alb', 'aws_lb.b', { name: 'b' }))).toMatchObject({
      resource: { aws_lb: { alb: { name: 'a' }, b: { name: 'b', access_logs: { enabled: true } } } },
    });
    expect(edited(drop('alb', 'aws_lb_listener.https'))).toEqual({ resource: { aws_lb: json.resource.aws_lb } });
  });

  it('renames with every reference, and adds blocks to those there are', () => {
    const renamed = edited(rename('alb', 'aws_lb.alb', 'front'), block('alb', 'moved', [{ from: 'aws_lb.alb' }]));
    expect(renamed).toMatchObject({
      resource: {
        aws_lb: { front: { name: 'a' } },
        aws_lb_listener: { https: { load_balancer_arn: '${aws_lb.front.arn}' } },
      },
      moved: [{ from: 'aws_lb.alb' }],
    });
    expect(edited(block('alb', 'output', { a: {} }), block('alb', 'output', { b: {} }))).toMatchObject({
      output: { a: {}, b: {} },
    });
  });

  it.each<[string, Step]>([
    ['a resource', set('alb', 'aws_lb.none', 'name', 'b')],
    ['a place', set('alb', 'aws_lb.alb', 'none.name', 'b')],
    ['a text', replaceIn('alb', 'aws_lb.alb', 'name', 'none', 'b')],
    ['a text anywhere', everywhere('alb', 'none', 'b')],
    ['a stack', set('none', 'aws_lb.alb', 'name', 'b')],
  ])('is refused without %s to edit: it would plan nothing', (_case, step) => {
    expect(() => edited(step)).toThrow(/There is no/);
  });
});
