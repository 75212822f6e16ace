import { type ClientHttp2Stream, type IncomingHttpHeaders } from 'node:http2';
import { type SecureContext } from 'node:tls';

import { type TargetGroup } from '@gatehouse/listener';

import { openHttp2 } from './http2-connections.ts';
import { type HealthCheckSettings, matchesStatus } from './target-group-settings.ts';

export interface Http2HealthCheck {
  readonly protocolVersion: NonNullable<TargetGroup['protocolVersion']>;
  readonly settings: HealthCheckSettings;
  readonly secureContext: SecureContext;
}

/** A message of no bytes: not compressed, of length 0. Source: "gRPC over HTTP2", Length-Prefixed-Message. */
const emptyMessage = Buffer.alloc(5);

/**
 * The health check of a target that speaks HTTP/2: of gRPC a call, whose status is matched instead of that of HTTP.
 * Sources: target-group-health-checks.html, "Health check settings"; ELBv2 API, `Matcher`. That a group of HTTP/2 is
 * checked over HTTP/2 is reported: kubernetes-sigs/aws-load-balancer-controller#2694.
 */
export function checkHealthHttp2(
  target: URL,
  { protocolVersion, settings, secureContext }: Http2HealthCheck,
): Promise<boolean> {
  const session = openHttp2(target, secureContext);
  return new Promise((resolve) => {
    const done = (healthy: boolean): void => {
      clearTimeout(timer);
      session.destroy();
      resolve(healthy);
    };
    const timer = setTimeout(() => done(false), settings.timeoutSeconds * 1000);
    const grpc = protocolVersion === 'GRPC';
    const stream = session.request(
      {
        ':method': grpc ? 'POST' : 'GET',
        ':path': settings.path,
        ':authority': target.host,
        'user-agent': 'ELB-HealthChecker/2.0',
        ...(grpc ? { 'content-type': 'application/grpc', te: 'trailers' } : {}),
      },
      { endStream: !grpc },
    );
    if (grpc) stream.end(emptyMessage);
    stream.resume();
    stream.on('error', () => done(false));
    stream.on('close', () => done(false));
    const answered = (status: unknown): void => done(matchesStatus(settings.matcher, Number(status)));
    if (grpc) onGrpcStatus(stream, answered);
    else stream.on('response', (headers) => answered(headers[':status']));
  });
}

/** It stands behind the messages, or in the head of an answer that has none. */
function onGrpcStatus(stream: ClientHttp2Stream, told: (status: unknown) => void): void {
  stream.on('response', (headers) => {
    if (headers[':status'] !== 200) told(undefined);
    else if (headers['grpc-status'] !== undefined) told(headers['grpc-status']);
  });
  stream.on('trailers', (trailers: IncomingHttpHeaders) => told(trailers['grpc-status']));
}
