/** A request to the hosted pages, taken off its socket. */
export interface PageRequest {
  readonly method: string;
  readonly path: string;
  /** As received, still encoded, without the question mark. */
  readonly query: string;
  readonly cookies: ReadonlyMap<string, string>;
  /** Of the page that sent the request, when the browser says. */
  readonly origin: string | undefined;
  readonly host: string | undefined;
  /** Fields of a form; `undefined` when the request brought none. */
  readonly form: URLSearchParams | undefined;
}

/** An answer of the hosted pages, not yet on a socket. */
export interface PageResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** Answers one path and method. */
export type PageHandler = (request: PageRequest) => Promise<PageResponse> | PageResponse;

/** A redirect the way Cognito makes it: 302, nothing to be cached. */
export function redirect(location: string, cookies: readonly string[] = []): PageResponse {
  return {
    status: 302,
    headers: {
      Location: location,
      'Cache-Control': 'no-store',
      ...(cookies.length > 0 && { 'Set-Cookie': cookies }),
    },
    body: '',
  };
}

/**
 * A page of HTML.
 *
 * @param formTargets origins to which a form on the page may lead, besides the page's own. Browsers apply
 *   `form-action` to the redirects that follow a form too (Chromium does), and a sign-in ends at the application.
 */
export function html(
  status: number,
  body: string,
  {
    cookies = [],
    formTargets = [],
  }: { readonly cookies?: readonly string[]; readonly formTargets?: readonly string[] } = {},
): PageResponse {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    ["form-action 'self'", ...formTargets].join(' '),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy.join('; '),
      'Cache-Control': 'no-store',
      // `no-referrer` would make the browser send `Origin: null` with the form.
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      ...(cookies.length > 0 && { 'Set-Cookie': cookies }),
    },
    body: `<!doctype html>${body}`,
  };
}
