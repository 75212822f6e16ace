import { type User } from '@gatehouse/claims';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';

import { type AuditLog } from '../audit/audit-log.ts';
import { html, render } from '../ui/render.ts';
import { acceptsHtml } from './accepts-html.ts';
import { rememberProblem } from './answered-problems.ts';
import { ErrorPage } from './error-page.tsx';
import { conceal, readProblem } from './problem.ts';

/** Answers every error: as a page where a page is asked for, as `{ "code", "statusCode" }` else. */
@Catch()
export class PageFilter implements ExceptionFilter {
  readonly #logger = new Logger('Errors');

  constructor(private readonly audit: AuditLog) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest & { readonly user?: User }>();
    const reply = http.getResponse<FastifyReply>();
    const problem = conceal(readProblem(thrown), request.user ? 'known' : 'stranger');
    // Of what is no error no more than that: a text that is thrown may quote anything.
    if (problem.status === 500)
      this.#logger.error(typeof thrown === 'object' ? thrown : `a ${typeof thrown} was thrown`);
    rememberProblem(reply, problem);
    this.audit.notDone(request, problem);
    if (reply.sent) return;

    // Set here as well as for all answers: what no route can match (`OPTIONS *`) is answered before our hook runs.
    void reply.code(problem.status).header('cache-control', 'no-store').header('vary', 'accept');
    if (problem.status === 503) void reply.header('retry-after', '5');
    if (acceptsHtml(request.headers.accept)) {
      void reply.type(html).send(render(ErrorPage, { problem, user: request.user }));
    } else {
      void reply.type('application/json; charset=utf-8').send({ code: problem.code, statusCode: problem.status });
    }
  }
}
