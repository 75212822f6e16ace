import { type IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

import { type Credentials } from '../browser.ts';

/** An answer, and where it came from. */
export interface Visited {
  readonly url: URL;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const MAX_HOPS = 10;

/**
 * A browser's part in a login, one step at a time: it keeps each host's cookies, and follows redirects only as far as
 * it is told, so that a test can stop between two steps and change what comes next.
 */
export class Visitor {
  /** By host name and port, as no cookie of a login has a domain or a path. */
  readonly #cookies = new Map<string, Map<string, string>>();

  /** The cookies of an address's host. They can be changed. */
  cookies(address: string): Map<string, string> {
    const { host } = new URL(address);
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, jar);
    return jar;
  }

  /** The `Cookie` header for an address. */
  cookieHeader(address: string): string {
    return [...this.cookies(address)].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Asks for one address; follows nothing. */
  async ask(
    address: string,
    { method = 'GET', form }: { method?: string; form?: URLSearchParams } = {},
  ): Promise<Visited> {
    const url = new URL(address);
    const cookie = this.cookieHeader(address);
    const headers = {
      host: url.host,
      ...(cookie !== '' && { cookie }),
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
    };
    const answer = await new Promise<Visited>((resolve, reject) => {
      const options = {
        method,
        headers,
        host: '127.0.0.1',
        port: url.port,
        path: url.pathname + url.search,
        servername: url.hostname,
        agent: false,
        rejectUnauthorized: false,
      };
      request(options, (response) => {
        text(response).then(
          (body) => resolve({ url, status: response.statusCode ?? 0, headers: response.headers, body }),
          reject,
        );
      })
        .once('error', reject)
        .end(form?.toString());
    });
    for (const line of answer.headers['set-cookie'] ?? []) this.#store(address, line);
    return answer;
  }

  /** Asks, and follows redirects until one leads to where the test wants to stop; that one is not followed. */
  async follow(address: string, stop: (next: URL) => boolean = () => false): Promise<Visited> {
    let answer = await this.ask(address);
    for (let hop = 0; hop < MAX_HOPS; hop++) {
      const next = location(answer);
      if (next === undefined || stop(next)) return answer;
      answer = await this.ask(next.href);
    }
    throw new Error(`${address}: more than ${MAX_HOPS} redirects`);
  }

  /**
   * Begins a login at an address and takes it through the hosted page, where one is shown.
   *
   * @returns the address that the pool sends the browser back to, with its code, not yet asked for
   */
  async login(address: string, { email, password }: Credentials): Promise<URL> {
    const shown = await this.follow(address, isCallback);
    const back = location(shown);
    if (back !== undefined) return back;
    const action = /<form[^>]* action="([^"]*)"/.exec(shown.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const csrf = /name="_csrf" value="([^"]*)"/.exec(shown.body)?.[1] ?? '';
    const form = new URLSearchParams({ _csrf: csrf, username: email, password });
    let answer = await this.ask(new URL(action, shown.url).href, { method: 'POST', form });
    for (let hop = 0; hop < MAX_HOPS; hop++) {
      const next = location(answer);
      if (next === undefined) throw new Error(`the login ended at ${answer.url.pathname} with ${answer.status}`);
      if (isCallback(next)) return next;
      answer = await this.ask(next.href);
    }
    throw new Error(`more than ${MAX_HOPS} redirects after the login page`);
  }

  /** Signs in, whole: afterwards the cookies hold a session. @returns the answer to the callback */
  async signIn(address: string, credentials: Credentials): Promise<Visited> {
    return this.ask((await this.login(address, credentials)).href);
  }

  #store(address: string, line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    const expires = /expires=([^;]+)/i.exec(line)?.[1];
    const gone = /max-age=0(?:;|$)/i.test(line) || (expires !== undefined && Date.parse(expires) <= Date.now());
    if (gone) this.cookies(address).delete(name);
    else this.cookies(address).set(name, value);
  }
}

/** Where a redirect leads to. */
export function location({ url, headers }: Visited): URL | undefined {
  return headers.location === undefined ? undefined : new URL(headers.location, url);
}

function isCallback(url: URL): boolean {
  return url.pathname === '/oauth2/idpresponse';
}
