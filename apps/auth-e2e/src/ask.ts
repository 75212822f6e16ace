import { type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';

import { type BrowserContext } from 'playwright-core';

export interface Question {
  /** @default 'GET' */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whose cookies are sent along. @default nobody's */
  readonly as?: BrowserContext;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * One request without a browser: follows no redirect and stores no cookie. Names that end in `.localhost` lead to this
 * machine, as in a browser (RFC 6761, section 6.3); Node does not resolve them by itself.
 */
export async function ask(address: string, { method = 'GET', headers = {}, as }: Question = {}): Promise<Answer> {
  const { protocol, hostname, host, port, pathname, search, href } = new URL(address);
  const cookies = (await as?.cookies(href)) ?? [];
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const options: RequestOptions & https.RequestOptions = {
    method,
    host: '127.0.0.1',
    port,
    path: pathname + search,
    headers: { host, ...(cookie === '' ? {} : { cookie }), ...headers },
    agent: false,
    servername: hostname,
    rejectUnauthorized: false,
  };
  return new Promise((resolve, reject) => {
    const { request } = protocol === 'https:' ? https : http;
    request(options, (response) => {
      text(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        reject,
      );
    })
      .once('error', reject)
      .end();
  });
}
