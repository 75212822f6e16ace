import { type IncomingHttpHeaders, request } from 'node:http';
import { type RawHeaders } from '../alb-headers.ts';

export interface Reply {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends a GET with headers exactly as given, duplicates and odd names included, which `fetch` would not. */
export function send(url: string, rawHeaders: RawHeaders = []): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const headers = ['host', new URL(url).host, 'connection', 'close', ...rawHeaders];
    const sent = request(url, { headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}
