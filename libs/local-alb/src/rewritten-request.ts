import { compileRewrite, type Rewriting, type Transform } from '@gatehouse/listener';

import { type AlbRequest, isHostName, isRequestTarget } from './alb-request.ts';
import { maximumRequestLine } from './request-limits.ts';

/** A rule's transforms stay the same objects as long as its configuration holds. */
const compiled = new WeakMap<Transform, (text: string) => Rewriting>();

/**
 * The request as the target gets it: host and address as the rule's transforms rewrite them. The rule was chosen by what
 * the client asked for, and so is a redirect or a login.
 *
 * The address is path and query, as sent; the port is no part of the host.
 *
 * @returns `undefined` where one matches and fails, or gives no host or no address, which an ALB answers with 500
 */
export function rewrittenRequest(request: AlbRequest, transforms: readonly Transform[]): AlbRequest | undefined {
  let rewritten: AlbRequest | undefined = request;
  for (const transform of transforms) rewritten &&= rewrittenBy(transform, rewritten);
  return rewritten;
}

function rewrittenBy(transform: Transform, request: AlbRequest): AlbRequest | undefined {
  const isHost = transform.type === 'host-header-rewrite';
  const result = rewriteOf(transform)(isHost ? request.host : request.target);
  switch (result.kind) {
    case 'unmatched':
      return request;
    case 'failed':
      return undefined;
    case 'rewritten':
      return isHost ? withHost(request, result.text) : withTarget(request, result.text);
  }
}

function rewriteOf(transform: Transform): (text: string) => Rewriting {
  let rewrite = compiled.get(transform);
  if (rewrite === undefined) {
    rewrite = compileRewrite(transform);
    compiled.set(transform, rewrite);
  }
  return rewrite;
}

function withHost(request: AlbRequest, host: string): AlbRequest | undefined {
  const port = request.authority.slice(request.host.length);
  return isHostName(host) ? { ...request, host, authority: `${host}${port}` } : undefined;
}

function withTarget(request: AlbRequest, target: string): AlbRequest | undefined {
  if (target.length > maximumRequestLine || !isRequestTarget(target)) return undefined;
  const [path = '', ...query] = target.split('?');
  return { ...request, target, path, query: query.join('?') };
}
