import { type Listener, type LoadBalancer } from '@gatehouse/listener';

import { readAlbRequest } from './alb-request.ts';
import { type Answer, cookieHeaders, pageAnswer } from './answer.ts';
import { AuthFailure, statusOfFailure } from './auth-failure.ts';
import { connectionFacts } from './connection-facts.ts';
import { type Exchange, sendAnswer } from './exchange.ts';
import { handleRequest } from './handle-request.ts';
import { type Runtime } from './runtime.ts';
import { Trail } from './trail.ts';

/** The configuration at the moment a request comes in. */
export interface Configuration {
  readonly loadBalancer: LoadBalancer;
  readonly listener: Listener;
  /** The port that the listener really has. */
  readonly port: number;
}

/** Answers one request, whatever happens, and tells about it. */
export async function serveExchange(exchange: Exchange, configuration: Configuration, runtime: Runtime): Promise<void> {
  const { incoming } = exchange;
  const { loadBalancer, listener, port } = configuration;
  const request = readAlbRequest({
    method: incoming.method ?? '',
    url: incoming.url ?? '',
    rawHeaders: incoming.rawHeaders,
    scheme: listener.protocol === 'HTTPS' ? 'https' : 'http',
    listenerPort: port,
    sourceIp: incoming.socket.remoteAddress ?? '',
    sourcePort: incoming.socket.remotePort ?? 0,
  });
  // As with AWS, what cannot be read is not logged as a request.
  if (request === undefined) return sendAnswer(exchange, pageAnswer(400));
  const connection = connectionFacts(exchange);
  const trail = new Trail(runtime.now);
  try {
    await handleRequest({ exchange, request, listener, loadBalancer, runtime, trail });
  } catch (error) {
    sendAnswer(exchange, trail.answered(failureAnswer(error, trail, runtime)));
  }
  runtime.observe(trail.record({ request, listener, loadBalancer, connection, now: runtime.now() }));
}

function failureAnswer(error: unknown, trail: Trail, runtime: Runtime): Answer {
  if (error instanceof AuthFailure) {
    trail.failed(error.message, error.reason);
    return pageAnswer(statusOfFailure(error, runtime.switches), cookieHeaders(error.setCookies));
  }
  // Node's and this library's messages name headers and addresses, never their values.
  trail.failed(error instanceof Error ? `${error.name}: ${error.message}` : 'an unknown error');
  return pageAnswer(500);
}
