import { type Header } from './alb-request.ts';

/** A whole response that the ALB makes itself. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: string | Buffer;
}

export interface TextAnswer extends Answer {
  readonly body: string;
}

/** The reason phrases that the pages show; 401 was captured, 561's is in load-balancer-troubleshooting.html. */
const titles: Readonly<Record<number, string>> = {
  301: 'Moved Permanently',
  302: 'Found',
  400: 'Bad Request',
  401: 'Authorization Required',
  403: 'Forbidden',
  405: 'Method Not Allowed',
  408: 'Request Time-out',
  413: 'Request Entity Too Large',
  414: 'Request-URI Too Large',
  463: 'Bad Request',
  464: 'Bad Request',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
  505: 'HTTP Version Not Supported',
  561: 'Unauthorized',
};

/** A page as an ALB's: the status as title and heading, and nothing that a client sent. */
export function pageAnswer(status: number, headers: readonly Header[] = []): TextAnswer {
  const title = [status, titles[status]].join(' ').trim();
  const body = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '</body>',
    '</html>',
    '',
  ].join('\r\n');
  return textAnswer(status, 'text/html', body, headers);
}

/** A page with a fixed text. */
export function textAnswer(
  status: number,
  contentType: string,
  body: string,
  headers: readonly Header[] = [],
): TextAnswer {
  return {
    status,
    headers: [
      ['Server', 'awselb/2.0'],
      ['Content-Type', contentType],
      ['Content-Length', String(Buffer.byteLength(body))],
      ...headers,
    ],
    body,
  };
}

export function redirectAnswer(status: 301 | 302, location: string, setCookies: readonly string[] = []): Answer {
  return pageAnswer(status, [['Location', location], ...cookieHeaders(setCookies)]);
}

export function cookieHeaders(setCookies: readonly string[]): readonly Header[] {
  return setCookies.map((cookie) => ['Set-Cookie', cookie] as const);
}
