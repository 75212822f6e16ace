import { type Readable } from 'node:stream';
import { type SecureContext } from 'node:tls';

import { type ForwardAction, type TargetGroup } from '@gatehouse/listener';
import { Agent, buildConnector, type Dispatcher } from 'undici';

import { flattened, type Header } from './alb-request.ts';

/** 504 after 10 seconds without a connection: load-balancer-troubleshooting.html, "HTTP 504". */
const connectTimeoutMilliseconds = 10_000;

/** Response headers may have 32K: load-balancer-limits.html. */
const maximumResponseHeaderBytes = 32 * 1024;

/** load-balancer "connection idle timeout", its default; a target that says less in `Keep-Alive` is asked no longer. */
const keptOpenMilliseconds = 60_000;

/**
 * The target group of a forward action for one request, by weight.
 *
 * @param random in [0, 1)
 */
export function chooseTargetGroup(
  action: ForwardAction,
  targetGroups: readonly TargetGroup[],
  random: number,
): TargetGroup | undefined {
  const total = action.targetGroups.reduce((sum, { weight }) => sum + weight, 0);
  let rest = random * total;
  for (const { arn, weight } of action.targetGroups) {
    if (rest < weight) return targetGroups.find((group) => group.arn === arn);
    rest -= weight;
  }
  return undefined;
}

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
}

/** The connections from the load balancer to its targets, kept open between requests. */
export class TargetConnections {
  readonly #agent: Agent;

  constructor(secureContext: SecureContext) {
    const connect = buildConnector({ timeout: connectTimeoutMilliseconds, secureContext });
    this.#agent = new Agent({
      // The target is asked for by its own name, whatever the request's `Host` says; an address has none.
      connect: ({ servername: _, ...options }, callback) => connect(options, callback),
      keepAliveTimeout: keptOpenMilliseconds,
      maxHeaderSize: maximumResponseHeaderBytes,
      // The load balancer's idle timeout is watched by who asks; these cannot be reset by what the client sends.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** Sends a request, and tells what becomes of it. */
  dispatch(request: TargetRequest, handler: Dispatcher.DispatchHandler): void {
    const { target, method, path, headers, once, body, upgrade } = request;
    const { origin, hostname } = targetName(target);
    const options = {
      origin,
      // One and the same for all: another would be taken for a reason to connect anew.
      servername: hostname,
      method,
      path,
      headers: flattened(headers),
      body: body ?? null,
      upgrade: upgrade ?? null,
      reset: once || upgrade !== undefined,
    };
    this.#agent.dispatch(options, handler);
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}
