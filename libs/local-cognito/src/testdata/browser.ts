import { type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { URL, URLSearchParams } from 'node:url';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends one HTTPS request and reads the whole answer. Follows nothing. */
export function send(
  url: string,
  {
    method = 'GET',
    headers = {},
    form,
    ca,
  }: {
    readonly method?: string;
    readonly headers?: OutgoingHttpHeaders;
    readonly form?: Readonly<Record<string, string>>;
    readonly ca: string;
  },
): Promise<Answer> {
  const body = form && new URLSearchParams(form).toString();
  const formHeaders = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, ca, agent: false, headers: { ...formHeaders, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A browser of one site: keeps cookies, fills the login form, follows nothing by itself. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(
    readonly origin: string,
    readonly ca: string,
  ) {}

  async get(path: string): Promise<Answer> {
    return this.#visit(path, {});
  }

  async post(path: string, form: Readonly<Record<string, string>>, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
    return this.#visit(path, { method: 'POST', form, headers });
  }

  /** Goes to `/oauth2/authorize` and through the login page, as a person would. Returns the answer to the form. */
  async signIn(query: string, username: string, password: string): Promise<Answer> {
    const authorize = await this.get(`/oauth2/authorize?${query}`);
    const login = authorize.headers.location ?? '';
    const page = await this.get(login);
    return this.post(formAction(page.body), { _csrf: hiddenToken(page.body), username, password });
  }

  /** Fills the first form of a page, or the one that leads to `to`, and sends it. */
  async submit(page: Answer, fields: Readonly<Record<string, string>>, to?: string): Promise<Answer> {
    const action =
      to === undefined
        ? formAction(page.body)
        : (page.body
            .split('<form')
            .map((form) => formAction(`<form${form}`))
            .find((target) => target.startsWith(to)) ?? to);
    return this.post(action, { _csrf: hiddenToken(page.body), ...fields });
  }

  /** Goes where an answer leads, within the site. */
  async follow(answer: Answer): Promise<Answer> {
    return this.get(answer.headers.location ?? '/nowhere');
  }

  async #visit(
    path: string,
    options: { method?: string; form?: Readonly<Record<string, string>>; headers?: OutgoingHttpHeaders },
  ): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await send(new URL(path, this.origin).href, {
      ...options,
      headers: { ...(cookie && { cookie }), ...options.headers },
      ca: this.ca,
    });
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0(;|$)/.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }
}

/** Where the login form goes, its entities resolved as a browser resolves them. */
export function formAction(page: string): string {
  return unescapeHtml(/<form[^>]* action="([^"]*)"/.exec(page)?.[1] ?? '');
}

/** The form's CSRF token. */
export function hiddenToken(page: string): string {
  return /name="_csrf" value="([^"]*)"/.exec(page)?.[1] ?? '';
}

function unescapeHtml(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
