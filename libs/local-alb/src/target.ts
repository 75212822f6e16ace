import { Agent as PlainAgent, type ClientRequest, request as requestPlain } from 'node:http';
import { Agent as TlsAgent, request as requestTls } from 'node:https';
import { isIP } from 'node:net';
import { type SecureContext } from 'node:tls';

import { type ForwardAction, type TargetGroup } from '@gatehouse/listener';

import { type Header } from './alb-request.ts';

/** 504 after 10 seconds without a connection: load-balancer-troubleshooting.html, "HTTP 504". */
const connectTimeoutMilliseconds = 10_000;

/** Response headers may have 32K: load-balancer-limits.html. */
const maximumResponseHeaderBytes = 32 * 1024;

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

export interface TargetRequest {
  readonly target: URL;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: readonly Header[];
  /** Whether the connection is for this request alone. @default false */
  readonly once?: boolean;
}

/** The connections from the load balancer to its targets, kept open between requests. */
export class TargetConnections {
  readonly #plain = new PlainAgent({ keepAlive: true });
  readonly #tls: TlsAgent;
  readonly #tlsOnce: TlsAgent;

  constructor(secureContext: SecureContext) {
    this.#tlsOnce = new TlsAgent({ secureContext });
    this.#tls = new TlsAgent({ keepAlive: true, secureContext });
  }

  /** Begins a request; its head goes out with the first byte of the body, or with its end. */
  open({ target, method, path, headers, once = false }: TargetRequest): ClientRequest {
    const host = target.hostname.replace(/^\[|\]$/g, '');
    const options = {
      host,
      port: target.port,
      method,
      path,
      // In this form Node sends them as they are, in this order.
      headers: headers.flat(),
      maxHeaderSize: maximumResponseHeaderBytes,
    };
    const request =
      target.protocol === 'https:'
        ? requestTls({
            ...options,
            agent: once ? this.#tlsOnce : this.#tls,
            servername: isIP(host) ? '' : host,
          })
        : requestPlain({ ...options, agent: once ? false : this.#plain });
    request.on('socket', (socket) => {
      if (!socket.connecting) return;
      const timer = setTimeout(() => request.destroy(new TargetTimeout()), connectTimeoutMilliseconds);
      const settle = (): void => {
        clearTimeout(timer);
        // The connection outlives the request.
        for (const event of ['connect', 'close']) socket.off(event, settle);
      };
      for (const event of ['connect', 'close']) socket.once(event, settle);
    });
    return request;
  }

  close(): void {
    this.#plain.destroy();
    this.#tls.destroy();
  }
}

/** The target did not connect or answer in time. */
export class TargetTimeout extends Error {
  override readonly name = 'TargetTimeout';
}
