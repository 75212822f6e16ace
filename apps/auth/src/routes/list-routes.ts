import { type RouteAccess, routeAccess } from '@gatehouse/claims/nest';
import { type INestApplication, type Type } from '@nestjs/common';
import { GUARDS_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer, Reflector, SerializedGraph } from '@nestjs/core';
import { type FastifyInstance, type RouteOptions } from 'fastify';

import { type Route } from './route.ts';
import { closeness, spellings } from './spellings.ts';

/** A route as Fastify registers it. */
export type RegisteredRoute = Pick<RouteOptions, 'method' | 'url' | 'config' | 'constraints'>;

/** Notes every route from now on, whoever registers it. To be called before the application is made. */
export function watchRoutes(server: FastifyInstance): readonly RegisteredRoute[] {
  const registered: RegisteredRoute[] = [];
  server.addHook('onRoute', ({ method, url, config, constraints }) => {
    registered.push({ method, url, ...(config && { config }), ...(constraints && { constraints }) });
  });
  return registered;
}

/**
 * The routes of an application that was made with `snapshot: true` and initialized, in the order in which the router
 * prefers them: what Fastify registered, with what Nest says of each. A route that Nest knows nothing of has no guard
 * before it, and is listed as public.
 *
 * @throws {TypeError} for a route of which is not understood which requests get to it
 */
export function listRoutes(app: INestApplication, registered: readonly RegisteredRoute[]): readonly Route[] {
  const endpoints = endpointsOf(app);
  const found = registered.map((route) => ({ route, endpoint: endpointOf(route, endpoints) }));
  const lost = endpoints.find((endpoint) => !found.some((one) => one.endpoint === endpoint));
  if (lost !== undefined) throw new TypeError(`The router has nothing at ${lost.path} for ${lost.handler}`);
  const routes = found
    // A HEAD is answered by the route of its GET.
    .filter(({ route, endpoint }) => route.method !== 'HEAD' || endpoint === undefined || endpoint.method === 'HEAD')
    .map(({ route, endpoint }) => routeOf(route, endpoint, app.get(Reflector)));
  const withHead = new Set(registered.filter(({ method }) => method === 'HEAD').map(({ url }) => url));
  return routes
    .map((route) =>
      route.methods !== 'ALL' && route.methods.includes('GET') && withHead.has(route.path)
        ? { ...route, methods: [...new Set([...route.methods, 'HEAD'])] }
        : route,
    )
    .toSorted((one, other) => closeness(other.path).localeCompare(closeness(one.path)));
}

interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly handler: string;
  readonly controller: Type;
  readonly callback: () => unknown;
}

/** What Nest found of controllers while it made its routes. */
function endpointsOf(app: INestApplication): readonly Endpoint[] {
  const controllers = new Map(
    [...app.get(ModulesContainer).values()].flatMap(({ controllers }) =>
      [...controllers.values()].map(({ id, metatype }) => [id, metatype as Type] as const),
    ),
  );
  const { entrypoints } = app.get(SerializedGraph).toJSON();
  return Object.entries(entrypoints).flatMap(([id, all]) => {
    const controller = controllers.get(id);
    if (controller === undefined) return [];
    return all.map(({ methodName, metadata }): Endpoint => {
      const { path, requestMethod } = metadata as unknown as { readonly path: string; readonly requestMethod: string };
      const callback = (controller.prototype as Readonly<Record<string, () => unknown>>)[methodName];
      if (callback === undefined) throw new TypeError(`${controller.name} has no method ${methodName}`);
      return { method: requestMethod, path, handler: `${controller.name}.${methodName}`, controller, callback };
    });
  });
}

function endpointOf({ method, url }: RegisteredRoute, endpoints: readonly Endpoint[]): Endpoint | undefined {
  const here = endpoints.filter(({ path }) => path === url);
  const of = (name: string): Endpoint | undefined => here.find((endpoint) => endpoint.method === name);
  if (Array.isArray(method)) return of('ALL');
  return of(method) ?? (method === 'HEAD' ? of('GET') : undefined);
}

function routeOf(route: RegisteredRoute, endpoint: Endpoint | undefined, reflector: Reflector): Route {
  const { method, url, config, constraints } = route;
  if (Object.keys(constraints ?? {}).length > 0) {
    throw new TypeError(`${url} depends on more than method and path: add that in apps/auth/src/routes/list-routes.ts`);
  }
  const change = config?.change;
  const places = endpoint === undefined ? [] : [endpoint.callback, endpoint.controller];
  const access: RouteAccess = endpoint === undefined ? { public: true } : routeAccess(reflector, places);
  const guards = places.flatMap((place) => (Reflect.getMetadata(GUARDS_METADATA, place) as Type[] | undefined) ?? []);
  return {
    methods: endpoint?.method === 'ALL' ? 'ALL' : [method].flat(),
    path: url,
    handler: endpoint?.handler ?? '(registered past Nest: no guard)',
    access,
    guards: guards.map(({ name }) => name),
    ...(change !== undefined && { change }),
    spellings: spellings(url),
  };
}
