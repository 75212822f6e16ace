/** One answered request, as far as the log may know it: no query, no header, no cookie, no token. */
export interface Access {
  readonly requestId: string;
  readonly method: string;
  /** The pattern that the path matched, such as `/reports/:id`; none where the request got to no route. */
  readonly route?: string | undefined;
  readonly url: string;
  readonly status: number;
  readonly milliseconds: number;
  /** Of the client, as the load balancer saw it. */
  readonly ip: string;
  /** The subject of the verified user. The load balancer's own log has none, so this is the only trace of who it was. */
  readonly subject?: string | undefined;
  /** Of the error that was answered. */
  readonly code?: string | undefined;
}

/** A request's line, as it is logged. */
export type AccessRecord = Readonly<Record<string, string | number>>;

const MAX_PATH = 512;

/** The record of a request, or nothing for the health checks, which come every few seconds. */
export function accessRecord(access: Access): AccessRecord | undefined {
  const { requestId, method, route, url, status, milliseconds, ip, subject, code } = access;
  const path = pathOf(url);
  if (path.startsWith('/health/') && status < 400) return undefined;
  return {
    requestId,
    method,
    ...(route !== undefined && { route }),
    path,
    status,
    durationMs: Math.round(milliseconds * 10) / 10,
    ip,
    ...(subject !== undefined && { subject }),
    ...(code !== undefined && { code }),
  };
}

/**
 * Without the query, as a login's callback carries its code there. A target that is a whole URL, as for a proxy, may have
 * a user and a password in it, and no load balancer sends one.
 */
function pathOf(url: string): string {
  return url.startsWith('/') ? (url.split(/[?#]/, 1)[0] ?? '').slice(0, MAX_PATH) : '(not a path)';
}
