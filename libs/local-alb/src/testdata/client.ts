import { type IncomingHttpHeaders, type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestTls, type RequestOptions } from 'node:https';
import { buffer } from 'node:stream/consumers';

export interface ClientAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly setCookies: readonly string[];
  readonly body: string;
  /** The Location header, read. */
  readonly location: URL;
}

export interface ClientOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
  /** PEM; required for https. */
  readonly ca?: string;
  /** Whether any certificate will do. @default false */
  readonly insecure?: boolean;
}

/** One request over HTTP/1.1, on a connection of its own; `app.localhost` and all other names are this machine. */
export async function fetchOnce(url: string, options: ClientOptions = {}): Promise<ClientAnswer> {
  const incoming = await openRequest(url, options);
  const body = await buffer(incoming);
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    setCookies: incoming.headers['set-cookie'] ?? [],
    body: body.toString('utf8'),
    get location() {
      return new URL(incoming.headers.location ?? '');
    },
  };
}

/** The same, answered as soon as the head is there. */
export function openRequest(url: string, options: ClientOptions = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { hostname, host, port, protocol } = new URL(url);
    const target = url.slice(url.indexOf(host) + host.length) || '/';
    const settings: RequestOptions = {
      host: '127.0.0.1',
      port,
      path: target,
      method: options.method ?? 'GET',
      headers: { Host: host, ...options.headers },
      agent: false,
      servername: hostname,
      ...(options.ca === undefined ? {} : { ca: options.ca }),
      rejectUnauthorized: options.insecure !== true,
    };
    const outgoing = (protocol === 'https:' ? requestTls : requestPlain)(settings, resolve);
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}

/** The cookies of a browser: enough of one to follow a login. */
export class CookieJar {
  readonly #cookies = new Map<string, string>();

  take(setCookies: readonly string[]): void {
    for (const cookie of setCookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      const [, expires] = /Expires=([^;]+)/.exec(cookie) ?? [];
      if (expires !== undefined && Date.parse(expires) < Date.now()) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }

  set(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  get(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  get names(): readonly string[] {
    return [...this.#cookies.keys()].sort();
  }

  get header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}
