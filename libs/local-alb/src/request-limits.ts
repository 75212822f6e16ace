import { type AlbRequest, headerValue } from './alb-request.ts';

const kilobytes = 1024;

/** load-balancer-limits.html, "HTTP headers": request line 16K, single header 16K, entire request header 64K. */
export const maximumRequestLine = 16 * kilobytes;
const maximumHeader = 16 * kilobytes;
export const maximumHeaderBytes = 64 * kilobytes;

/** load-balancer-troubleshooting.html, "HTTP 463". */
const maximumForwardedFor = 30;

/** The status of a request that an ALB does not take; `undefined` when it does. Source: load-balancer-troubleshooting.html. */
export function refusedByLimit(request: AlbRequest): 400 | 414 | 463 | 501 | undefined {
  if (request.method.length + request.target.length + ' HTTP/1.1 '.length > maximumRequestLine) return 414;
  let bytes = 0;
  for (const [name, value] of request.headers) {
    const length = name.length + value.length + ': \r\n'.length;
    if (length > maximumHeader) return 400;
    bytes += length;
  }
  if (bytes > maximumHeaderBytes) return 400;
  if ((headerValue(request, 'x-forwarded-for') ?? '').split(',').length > maximumForwardedFor) return 463;
  const encoding = headerValue(request, 'transfer-encoding');
  return encoding === undefined || /^(?:chunked|identity)$/i.test(encoding.trim()) ? undefined : 501;
}
