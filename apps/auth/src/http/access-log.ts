/** One answered request, as far as the log may know it: no query, no header, no cookie, no token. */
export interface Access {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly milliseconds: number;
  /** Of the client, as the load balancer saw it. */
  readonly ip: string;
  /** The subject of the verified user. The load balancer's own log has none, so this is the only trace of who it was. */
  readonly subject?: string | undefined;
}

/** The line of a request, or nothing for the health checks, which come every few seconds. */
export function accessLine({ method, url, status, milliseconds, ip, subject }: Access): string | undefined {
  // The query is left out: a login's callback carries its code there.
  const path = url.split(/[?#]/, 1)[0] ?? '';
  if (path.startsWith('/health/') && status < 400) return undefined;
  const who = subject === undefined ? '-' : printable(subject);
  return `${method} ${path} ${status} ${Math.round(milliseconds)} ms ${printable(ip)} ${who}`;
}

/** A subject is a UUID; whatever else an issuer might write must not be able to begin a line of its own. */
function printable(text: string): string {
  return text.replace(/[^\w.:@-]/g, '?').slice(0, 128);
}
