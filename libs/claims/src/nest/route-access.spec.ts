import { describe, expect, it } from '@jest/globals';
import { type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Groups } from './groups.decorator.ts';
import { Public } from './public.decorator.ts';
import { routeAccess } from './route-access.ts';

class Plain {
  nothing(): void {}
  @Public() open(): void {}
  @Groups('a', 'b') grouped(): void {}
  @Public() @Groups('a') both(): void {}
}

@Public()
class Open {
  nothing(): void {}
  @Groups('a') grouped(): void {}
}

@Groups('outer')
class Grouped {
  nothing(): void {}
  @Groups('inner') grouped(): void {}
  @Public() open(): void {}
}

@Public()
@Groups('outer')
class Both {
  nothing(): void {}
}

type Methods<T> = { readonly prototype: Record<T extends string ? T : never, () => void> };

function access<T extends string>(controller: Methods<T> & (new () => object), method: T): unknown {
  const context = { getHandler: () => controller.prototype[method as never], getClass: () => controller };
  return routeAccess(new Reflector(), context as unknown as ExecutionContext);
}

const closed = (...groupSets: readonly string[][]) => ({ public: false, groupSets });

describe('routeAccess', () => {
  it.each([
    ['closed without a word', access(Plain, 'nothing'), closed()],
    ['@Public on the method', access(Plain, 'open'), { public: true }],
    ['@Groups on the method', access(Plain, 'grouped'), closed(['a', 'b'])],
    ['both on the method', access(Plain, 'both'), closed(['a'])],
    ['@Public on the controller', access(Open, 'nothing'), { public: true }],
    ['@Groups in a controller that is @Public', access(Open, 'grouped'), closed(['a'])],
    ['@Groups on the controller', access(Grouped, 'nothing'), closed(['outer'])],
    ['@Groups on both', access(Grouped, 'grouped'), closed(['inner'], ['outer'])],
    ['@Public in a controller with @Groups', access(Grouped, 'open'), { public: true }],
    ['both on the controller', access(Both, 'nothing'), closed(['outer'])],
  ])('%s', (_, actual, expected) => expect(actual).toEqual(expected));

  it('does not compile @Groups() without a name', () => {
    // @ts-expect-error: a list without a group would let nobody in
    expect(Groups()).toBeDefined();
  });
});
