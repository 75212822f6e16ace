import { type User } from '@gatehouse/claims';
import { Logger } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

import { PageFilter } from './errors/page.filter.ts';
import { accessLine } from './http/access-log.ts';
import { securityHeaders } from './http/security-headers.ts';
import { serverOptions } from './http/server-options.ts';
import { type Settings } from './settings/settings.ts';

/** The HTTP server that the application is made on. */
export function createAdapter(): FastifyAdapter {
  return new FastifyAdapter(serverOptions);
}

/** What holds for all routes: headers, errors, the log. To be called before the application is initialized. */
export function configure(app: NestFastifyApplication, settings: Settings): void {
  app.useSecurityHeaders(securityHeaders(settings));
  app.useGlobalFilters(new PageFilter());

  const log = new Logger('Access');
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', (_request, reply, done) => {
    // What one person was shown must not come out of a cache for the next one, nor out of the back button after a
    // sign-out. The assets say otherwise for themselves.
    void reply.header('cache-control', 'no-store');
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    const { user } = request as { readonly user?: User };
    const line = accessLine({
      method: request.method,
      url: request.url,
      status: reply.statusCode,
      milliseconds: reply.elapsedTime,
      ip: request.ip,
      subject: user?.subject,
    });
    if (line !== undefined) log.log(line);
    done();
  });
}
