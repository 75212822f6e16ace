import { type Reflector } from '@nestjs/core';
import { ClaimsError } from '../error.ts';
import { type User } from '../user.ts';
import { GROUPS } from './groups.decorator.ts';
import { PUBLIC } from './public.decorator.ts';
import { SCOPES } from './scopes.decorator.ts';

/** What a verified user needs: one group of each set, and every scope. */
export interface ClosedAccess {
  readonly public: false;
  readonly groupSets: readonly (readonly string[])[];
  readonly scopes: readonly string[];
}

/** Who may use a route: anybody, or a verified user who has what it asks for. */
export type RouteAccess = { readonly public: true } | ClosedAccess;

/** Where decorators are written: a method or a class. */
export type Place = Parameters<Reflector['get']>[1];

/**
 * What the decorators say together.
 *
 * The first place that says anything decides whether the route is public; where `@Public` is written beside `@Groups`
 * or `@Scopes`, the closed one counts.
 *
 * @param places the method first, then its controller
 */
export function routeAccess(reflector: Reflector, places: readonly Place[]): RouteAccess {
  const said = places.map((place) => ({
    groups: reflector.get<readonly string[] | undefined>(GROUPS, place),
    scopes: reflector.get<readonly string[] | undefined>(SCOPES, place),
    open: reflector.get<true | undefined>(PUBLIC, place) === true,
  }));
  const decisive = said.find(({ groups, scopes, open }) => groups !== undefined || scopes !== undefined || open);
  if (decisive?.open && decisive.groups === undefined && decisive.scopes === undefined) return { public: true };
  return {
    public: false,
    groupSets: said.flatMap(({ groups }) => (groups === undefined ? [] : [groups])),
    scopes: [...new Set(said.flatMap(({ scopes = [] }) => scopes))],
  };
}

/**
 * Checks what a verified user has against what is asked for.
 *
 * @throws {ClaimsError} `GROUP_REQUIRED`, `SCOPE_REQUIRED`
 */
export function requireAccess(user: User, { groupSets, scopes }: ClosedAccess): void {
  const grouped = groupSets.every((groups) => groups.some((group) => user.groups.includes(group)));
  if (!grouped) throw new ClaimsError('GROUP_REQUIRED');
  if (!scopes.every((scope) => user.scopes.includes(scope))) throw new ClaimsError('SCOPE_REQUIRED');
}
