import { type Readable } from 'node:stream';

import { type TargetGroup } from '@gatehouse/listener';

import { type Header } from './alb-request.ts';

/** 504 after 10 seconds without a connection: load-balancer-troubleshooting.html, "HTTP 504". */
export const connectTimeoutMilliseconds = 10_000;

/** Response headers may have 32K: load-balancer-limits.html. */
export const maximumResponseHeaderBytes = 32 * 1024;

/** load-balancer "connection idle timeout", its default; a target that says less in `Keep-Alive` is asked no longer. */
export const keptOpenMilliseconds = 60_000;

/** What a target is called; read once, as a URL works each of its parts out anew. */
export interface TargetName {
  readonly origin: string;
  readonly hostname: string;
  /** Host and port. */
  readonly address: string;
}

const names = new WeakMap<URL, TargetName>();

export function targetName(target: URL): TargetName {
  const known = names.get(target);
  if (known !== undefined) return known;
  const { origin, hostname, port, protocol } = target;
  const name = {
    origin,
    hostname,
    address: `${hostname}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`,
  };
  names.set(target, name);
  return name;
}

export interface TargetRequest {
  readonly target: URL;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Without those of the connection. */
  readonly headers: readonly Header[];
  /** Whether the connection is for this request alone. */
  readonly once: boolean;
  readonly body: Readable | undefined;
  readonly upgrade: 'websocket' | undefined;
  /** What the target speaks; by default HTTP/1.1. */
  readonly protocolVersion: TargetGroup['protocolVersion'];
}
