import { describe, expect, it } from '@jest/globals';
import { Reflector } from '@nestjs/core';
import { type User } from '../user.ts';
import { Groups } from './groups.decorator.ts';
import { Public } from './public.decorator.ts';
import { requireAccess, routeAccess } from './route-access.ts';
import { Scopes } from './scopes.decorator.ts';

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
  return routeAccess(new Reflector(), [controller.prototype[method as never], controller]);
}

@Scopes('a/read')
class Scoped {
  nothing(): void {}
  @Scopes('a/write', 'a/read') more(): void {}
  @Groups('a') grouped(): void {}
  @Public() open(): void {}
  @Public() @Scopes('x') both(): void {}
}

@Public()
class OpenScoped {
  @Scopes('x') scoped(): void {}
}

const closed = (...groupSets: readonly string[][]) => ({ public: false, groupSets, scopes: [] });
const scoped = (...scopes: readonly string[]) => ({ public: false, groupSets: [], scopes });

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
    ['@Scopes on the controller', access(Scoped, 'nothing'), scoped('a/read')],
    ['@Scopes on both', access(Scoped, 'more'), scoped('a/write', 'a/read')],
    ['@Groups in a controller with @Scopes', access(Scoped, 'grouped'), { ...closed(['a']), scopes: ['a/read'] }],
    ['@Public in a controller with @Scopes', access(Scoped, 'open'), { public: true }],
    ['@Public and @Scopes on the method', access(Scoped, 'both'), scoped('x', 'a/read')],
    ['@Scopes in a controller that is @Public', access(OpenScoped, 'scoped'), scoped('x')],
  ])('%s', (_, actual, expected) => expect(actual).toEqual(expected));

  it('does not compile @Groups() without a name', () => {
    // @ts-expect-error: a list without a group would let nobody in
    expect(Groups()).toBeDefined();
    // @ts-expect-error: nor a list without a scope, which would ask for nothing
    expect(Scopes()).toBeDefined();
  });
});

describe('Scopes', () => {
  it.each(['', 'a b', 'a"b', 'a\\b', 'ä', 'a\n'])('is not made with %p, which no token could have', (name) => {
    expect(() => Scopes('openid', name)).toThrow(TypeError);
  });
});

describe('requireAccess', () => {
  const user = { groups: ['a', 'b'], scopes: ['x', 'y'] } as unknown as User;
  it.each([
    ['nothing', [], [], undefined],
    ['one group of each set', [['a', 'c'], ['b']], [], undefined],
    ['a group of a set that has none of hers', [['a'], ['c']], [], 'GROUP_REQUIRED'],
    ['all her scopes', [], ['y', 'x'], undefined],
    ['a scope that she has and one that she has not', [], ['x', 'z'], 'SCOPE_REQUIRED'],
    ['a group that is a scope', [['x']], [], 'GROUP_REQUIRED'],
    ['a scope that is a group', [], ['a'], 'SCOPE_REQUIRED'],
  ])('asked for %s', (_, groupSets, scopes, code) => {
    const attempt = (): void => requireAccess(user, { public: false, groupSets, scopes });
    if (code === undefined) expect(attempt).not.toThrow();
    else expect(attempt).toThrow(expect.objectContaining({ code }));
  });
});
