import { type SecureContext } from 'node:tls';

import { type ForwardAction, type TargetGroup } from '@gatehouse/listener';
import { Agent, buildConnector, type Dispatcher } from 'undici';

import { flattened } from './alb-request.ts';
import { Http2Connections } from './http2-connections.ts';
import {
  connectTimeoutMilliseconds,
  keptOpenMilliseconds,
  maximumResponseHeaderBytes,
  targetName,
  type TargetRequest,
} from './target-request.ts';

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

/** The connections from the load balancer to its targets, kept open between requests. */
export class TargetConnections {
  readonly #agent: Agent;
  readonly #http2: Http2Connections;

  constructor(secureContext: SecureContext) {
    this.#http2 = new Http2Connections(secureContext);
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

  /** For requests that are not a client's: the calls of functions. */
  get dispatcher(): Dispatcher {
    return this.#agent;
  }

  /** Sends a request, and tells what becomes of it. */
  dispatch(request: TargetRequest, handler: Dispatcher.DispatchHandler): void {
    if (request.protocolVersion !== undefined) return this.#http2.dispatch(request, handler);
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
    this.#http2.close();
    await this.#agent.destroy();
  }
}
