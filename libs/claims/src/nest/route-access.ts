import { type ExecutionContext } from '@nestjs/common';
import { type Reflector } from '@nestjs/core';
import { GROUPS } from './groups.decorator.ts';
import { PUBLIC } from './public.decorator.ts';

/** Who may use a route: anybody, or a verified user who is in one group of each set. */
export type RouteAccess =
  { readonly public: true } | { readonly public: false; readonly groupSets: readonly (readonly string[])[] };

/**
 * What the decorators of a method and of its controller say together. The method's word counts before the
 * controller's, and where both `@Groups` and `@Public` are written in one place, the closed one counts.
 */
export function routeAccess(reflector: Reflector, context: ExecutionContext): RouteAccess {
  const places = [context.getHandler(), context.getClass()].map((place) => ({
    groups: reflector.get<readonly string[] | undefined>(GROUPS, place),
    open: reflector.get<true | undefined>(PUBLIC, place) === true,
  }));
  const decisive = places.find(({ groups, open }) => groups !== undefined || open);
  if (decisive?.open && decisive.groups === undefined) return { public: true };
  return { public: false, groupSets: places.flatMap(({ groups }) => (groups === undefined ? [] : [groups])) };
}
