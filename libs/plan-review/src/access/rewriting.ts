import { type Answer, compileRewrite, type ListenerRequest, type Transform } from '@gatehouse/listener';
import { isOpen } from './meeting.ts';

/**
 * Whether requests that need no login reach other addresses of the application than they did. The load balancer lets the
 * same ones through, but `/public/x` may now be `/admin/x` to the application.
 */
export function isRewrittenOpenly(before: Answer, after: Answer): boolean {
  if (!isOpen(before) || !isOpen(after)) return false;
  return JSON.stringify(transformsOf(before)) !== JSON.stringify(transformsOf(after));
}

/** Under which address a request gets to the application, before and after; empty where it is the same. */
export function describeRewriting(request: ListenerRequest, before: Answer, after: Answer): string {
  const [was, is] = [before, after].map((answer) => arrival(request, transformsOf(answer)));
  return was === is ? '' : `, such as ${is}, which was ${was}`;
}

/** By type: a rule has one of each, and neither sees what the other rewrites. */
function transformsOf({ outcome }: Answer): readonly Transform[] {
  return outcome.kind === 'forward'
    ? outcome.transforms.toSorted((one, other) => (one.type < other.type ? -1 : 1))
    : [];
}

function arrival({ host, path, query }: ListenerRequest, transforms: readonly Transform[]): string {
  const address = { 'host-header-rewrite': host, 'url-rewrite': query === '' ? path : `${path}?${query}` };
  for (const transform of transforms) {
    const result = compileRewrite(transform)(address[transform.type]);
    if (result.kind === 'failed') return 'an error';
    if (result.kind === 'rewritten') address[transform.type] = result.text;
  }
  return `${address['host-header-rewrite']}${address['url-rewrite']}`;
}
