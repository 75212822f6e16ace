import { type Header } from '../alb-request.ts';

/** A header as the page shows it. */
export interface ShownHeader {
  readonly name: string;
  readonly value: string;
  /** Of a token: what it says, without what proves it. */
  readonly token?: { readonly header: unknown; readonly payload: unknown };
}

const tokens = new Set(['x-amzn-oidc-data', 'x-amzn-oidc-accesstoken']);
const secret = /authorization|secret|token|password|api-?key|session|csrf/i;

/** The headers that were handed on; tokens decoded, never raw, and of cookies the names alone. */
export function shownHeaders(headers: readonly Header[]): readonly ShownHeader[] {
  return headers.map(([name, value]): ShownHeader => {
    const lower = name.toLowerCase();
    if (lower === 'cookie') return { name, value: cookieNames(value) };
    if (tokens.has(lower)) return { name, value: hidden(value), token: decoded(value) };
    return { name, value: secret.test(name) ? hidden(value) : value };
  });
}

function hidden(value: string): string {
  return `(${value.length} characters)`;
}

function cookieNames(value: string): string {
  return value
    .split(';')
    .map((pair) => {
      const [name = '', ...rest] = pair.trim().split('=');
      return `${name} ${hidden(rest.join('='))}`;
    })
    .join(', ');
}

function decoded(token: string): NonNullable<ShownHeader['token']> {
  const [header, payload] = token.split('.').map(part);
  // What is no JWT is not shown in any form.
  return header === undefined || payload === undefined ? { header: {}, payload: {} } : { header, payload };
}

function part(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
