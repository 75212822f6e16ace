import { type IncomingMessage, type ServerResponse } from 'node:http';

import { type User } from '@gatehouse/claims';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

import { AuditLog } from './audit/audit-log.ts';
import { answeredCode } from './errors/answered-problems.ts';
import { PageFilter } from './errors/page.filter.ts';
import { problemOf } from './errors/problem.ts';
import { accessRecord } from './http/access-log.ts';
import { clientAddress } from './http/client-address.ts';
import { type Drain } from './http/drain.ts';
import { refuseMalformed } from './http/malformed.ts';
import { requestId } from './http/request-id.ts';
import { securityHeaders } from './http/security-headers.ts';
import { serverOptions } from './http/server-options.ts';
import { type Log } from './log/log.ts';
import { type Settings } from './settings/settings.ts';

/** The HTTP server that the application is made on. */
export function createAdapter(log: Log): FastifyAdapter {
  return new FastifyAdapter({ ...serverOptions, genReqId: requestId, clientErrorHandler: refuseMalformed(log) });
}

/** What the application is told and tells outside of requests. */
export interface Surroundings {
  readonly log: Log;
  readonly drain: Drain;
}

/** What holds for all routes: headers, errors, the log. To be called before the application is initialized. */
export function configure(app: NestFastifyApplication, settings: Settings, { log, drain }: Surroundings): void {
  app.useSecurityHeaders(securityHeaders(settings));
  app.useGlobalFilters(new PageFilter(new AuditLog(log)));

  const server = app.getHttpAdapter().getInstance();
  /** The answers that have their line. */
  const written = new WeakSet<ServerResponse>();
  server.addHook('onRequest', (_request, reply, done) => {
    // What one person was shown must not come out of a cache for the next one, nor out of the back button after a
    // sign-out. The assets say otherwise for themselves.
    void reply.header('cache-control', 'no-store');
    // The load balancer opens its next connection elsewhere, so that hardly any is left to be broken at the end.
    if (drain.begun) void reply.header('connection', 'close');
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    const { user } = request as { readonly user?: User };
    const record = accessRecord({
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url,
      url: request.url,
      status: reply.statusCode,
      milliseconds: reply.elapsedTime,
      ip: clientAddress(request),
      subject: user?.subject,
      code: answeredCode(reply),
    });
    written.add(reply.raw);
    if (record !== undefined) log.info(record, 'request');
    done();
  });
  // The router answers a URL that it cannot decode before any hook runs.
  app.getHttpServer().on('request', (request: IncomingMessage, response: ServerResponse) => {
    response.once('close', () => {
      if (written.has(response)) return;
      const { statusCode: status } = response;
      const ip = request.socket.remoteAddress ?? 'unknown';
      log.info({ requestId: requestId(request), status, code: problemOf(status).code, ip }, 'request');
    });
  });
}
