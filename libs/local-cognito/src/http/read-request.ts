import { type IncomingMessage } from 'node:http';
import { parseCookies } from './cookies.ts';
import { type PageRequest } from './page.ts';

/** A login form is a few hundred bytes. */
const largestForm = 16_384;

/** Takes a request off its socket. Resolves to `undefined` when a form is too large or no form at all. */
export async function readRequest(message: IncomingMessage): Promise<PageRequest | undefined> {
  const { path, query } = splitTarget(message.url ?? '/');
  const method = message.method ?? 'GET';
  const form = method === 'POST' ? await readForm(message) : undefined;
  if (method === 'POST' && !form) return undefined;
  return {
    method,
    path,
    query,
    cookies: parseCookies(message.headers.cookie),
    origin: message.headers.origin,
    host: message.headers.host,
    form,
  };
}

/** Splits a request target into its path and its query, neither decoded. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const cut = target.indexOf('?');
  return cut < 0 ? { path: target, query: '' } : { path: target.slice(0, cut), query: target.slice(cut + 1) };
}

async function readForm(message: IncomingMessage): Promise<URLSearchParams | undefined> {
  if (!/^application\/x-www-form-urlencoded(?:;|$)/i.test(message.headers['content-type'] ?? '')) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  // The socket has to outlive a form that is not read to its end: the answer goes over it.
  for await (const chunk of message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestForm) return undefined;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
