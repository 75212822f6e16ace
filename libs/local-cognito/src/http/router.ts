import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Log } from '../log.ts';
import { paths } from '../oauth/endpoints.ts';
import { renderErrorPage } from '../pages/error-page.tsx';
import { favicon, faviconPath, stylesheet, stylesheetPath } from '../pages/stylesheet.ts';
import { type UserPoolSettings } from '../settings/user-pool-settings.ts';
import { html, type PageHandler, type PageResponse } from './page.ts';
import { readRequest, splitTarget } from './read-request.ts';

type NodeHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface RouterOptions {
  readonly settings: () => UserPoolSettings;
  readonly pages: ReadonlyMap<string, PageHandler>;
  /** Paths that servers ask (token, userInfo, revoke, keys) with their methods, and who answers there. */
  readonly serverPaths: ReadonlyMap<string, readonly string[]>;
  readonly serverHandler: NodeHandler;
  /** The cognito-idp API: `POST /`. */
  readonly api: NodeHandler;
  /** Answers with JSON that is the same for everybody, by path. */
  readonly documents: ReadonlyMap<string, () => unknown>;
  readonly log: Log;
}

/** Leads each request to whoever answers it, and the answer back onto the socket. */
export function router(options: RouterOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const { settings, pages, serverPaths, serverHandler, api, documents, log } = options;

  const errorPage = (status: number, error: string): PageResponse => {
    const { id, name } = settings();
    return html(status, renderErrorPage({ poolId: id, poolName: name, error }));
  };

  async function answer(message: IncomingMessage): Promise<PageResponse> {
    const { path } = splitTarget(message.url ?? '/');
    const method = message.method === 'HEAD' ? 'GET' : (message.method ?? 'GET');

    const document = documents.get(path);
    if (document && method === 'GET') return json(document());
    const asset = assets.get(path);
    if (asset && method === 'GET') return asset;

    const handler = pages.get(`${method} ${path}`);
    if (!handler) {
      const allowed = ['GET', 'POST'].filter((other) => pages.has(`${other} ${path}`));
      if (allowed.length === 0) return errorPage(404, 'not_found');
      const page = errorPage(405, 'method_not_allowed');
      return { ...page, headers: { ...page.headers, Allow: allowed.join(', ') } };
    }
    const request = await readRequest(message);
    return request ? handler({ ...request, method }) : errorPage(400, 'form_unreadable');
  }

  return (message, response) => {
    const { path } = splitTarget(message.url ?? '/');
    if (path === '/' && message.method === 'POST') {
      api(message, response);
      return;
    }
    const methods = serverPaths.get(path);
    if (methods) {
      if (methods.includes(message.method ?? '')) serverHandler(message, response);
      else response.writeHead(405, { Allow: methods.join(', ') }).end();
      return;
    }
    answer(message)
      .catch((error: unknown) => {
        log({ level: 'error', event: 'internal_error', message: messageOf(error) });
        return errorPage(500, 'server_error');
      })
      .then((page) => {
        // What is left of a form that was too large would be read as the next request.
        if (!message.complete) response.setHeader('Connection', 'close');
        response.setHeader('Content-Length', Buffer.byteLength(page.body));
        response.writeHead(page.status, page.headers as Record<string, string | string[]>);
        response.end(message.method === 'HEAD' ? undefined : page.body);
      })
      .catch((error: unknown) => {
        log({ level: 'error', event: 'internal_error', message: messageOf(error) });
        response.destroy();
      });
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'something was thrown that is no error';
}

const assets: ReadonlyMap<string, PageResponse> = new Map([
  [stylesheetPath, asset('text/css; charset=utf-8', stylesheet, 'public, max-age=31536000, immutable')],
  [faviconPath, asset('image/svg+xml', favicon, 'public, max-age=3600')],
]);

function asset(type: string, body: string, caching: string): PageResponse {
  return {
    status: 200,
    headers: { 'Content-Type': type, 'Cache-Control': caching, 'X-Content-Type-Options': 'nosniff' },
    body,
  };
}

function json(value: unknown): PageResponse {
  return asset('application/json; charset=utf-8', JSON.stringify(value), 'public, max-age=300');
}

/** What oidc-provider answers: `OPTIONS` for scripts of another origin (it allows none to authenticate). */
export function serverPaths(jwksPath: string): ReadonlyMap<string, readonly string[]> {
  return new Map([
    [paths.token, ['POST', 'OPTIONS']],
    [paths.userInfo, ['GET', 'POST', 'OPTIONS']],
    [paths.revoke, ['POST', 'OPTIONS']],
    [jwksPath, ['GET', 'HEAD', 'OPTIONS']],
  ]);
}
