import { type Type } from '@nestjs/common';
import { type ModulesContainer, type Reflector } from '@nestjs/core';
import { GATEWAY_METADATA, GATEWAY_OPTIONS, PORT_METADATA } from '@nestjs/websockets/constants.js';
import { type RouteAccess, routeAccess } from '../route-access.ts';

/** Where a WebSocket server listens. */
export interface Address {
  /** 0 for the port of the HTTP server. */
  readonly port: number;
  readonly path: string | undefined;
}

/** The gateway classes that are served at an address. Nest hands a connection to all of them. */
export function gatewaysAt(modules: ModulesContainer, address: Address): readonly Type[] {
  const providers = [...modules.values()].flatMap((module) => [...module.providers.values()]);
  const gateways = providers
    .map(({ metatype }) => metatype as Type | null)
    .filter((type) => typeof type === 'function' && Reflect.hasMetadata(GATEWAY_METADATA, type)) as Type[];
  return [...new Set(gateways)].filter((gateway) => {
    const port = Number(Reflect.getMetadata(PORT_METADATA, gateway) ?? 0);
    const options = Reflect.getMetadata(GATEWAY_OPTIONS, gateway) as { readonly path?: string } | undefined;
    return port === address.port && samePath(options?.path, address.path);
  });
}

/**
 * Who may open a WebSocket to gateways: who may use each of them that is not public. Where no gateway is known, a
 * verified user: an unknown address is not a public one.
 */
export function upgradeAccess(reflector: Reflector, gateways: readonly Type[]): RouteAccess {
  const accesses = gateways.map((gateway) => routeAccess(reflector, [gateway]));
  const closed = accesses.flatMap((access) => (access.public ? [] : [access]));
  if (accesses.length > 0 && closed.length === 0) return { public: true };
  return {
    public: false,
    groupSets: closed.flatMap(({ groupSets }) => groupSets),
    scopes: [...new Set(closed.flatMap(({ scopes }) => scopes))],
  };
}

/** As Nest's `normalizePath`, by which a path with a slash too many is the same. */
function samePath(one = '', other = ''): boolean {
  return normal(one) === normal(other);
}

function normal(path: string): string {
  return `/${path.replace(/\/+$/, '')}`.replace(/\/+/g, '/');
}
