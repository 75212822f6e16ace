import http, { type IncomingMessage } from 'node:http';
import https, { type RequestOptions } from 'node:https';
import { type LookupFunction } from 'node:net';
import { type SecureContext } from 'node:tls';

import { InfraError } from '../../errors.ts';
import { type Answer } from './answer.ts';
import { tooLate, Unanswered, unanswered } from './unanswered.ts';

/** More than this is not asked in one run, whatever the stacks say. */
export const MOST_REQUESTS = 150;
/** A server that hangs is not waited for once more. */
const MOST_WAITS = 2;
const MOST_BYTES = 256 * 1024;

export interface VisitorOptions {
  readonly lookup: LookupFunction;
  /** Whom to trust; made once, as it takes longer than a request. */
  readonly secureContext: SecureContext;
  /** No other host is asked, wherever an answer leads. */
  readonly hostnames: readonly string[];
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
}

export interface Question {
  /** @default 'GET' */
  readonly method?: string;
  /** The request target, sent as it is. @default path and query of the URL */
  readonly target?: string;
  /** Besides `Host` and `User-Agent`; a name may come twice. @default `Accept` of a browser */
  readonly headers?: readonly (readonly [name: string, value: string])[];
}

/** A client that nobody knows: without cookies, follows no redirect, and waits for no answer for ever. */
export class Visitor {
  #asked = 0;
  #waited = 0;

  constructor(private readonly options: VisitorOptions) {}

  /** How many requests were sent. */
  get asked(): number {
    return this.#asked;
  }

  /** @throws {Unanswered}, and {InfraError} `INTERRUPTED` */
  async ask(url: URL, question: Question = {}): Promise<Answer> {
    const { hostnames, timeoutMilliseconds, signal } = this.options;
    if (!hostnames.includes(url.hostname))
      throw new Unanswered(`${url.hostname} is not asked: it is a stranger.`, false);
    if (this.#waited >= MOST_WAITS) throw new Unanswered('Not asked, as others were waited for in vain.', false);
    if (this.#asked >= MOST_REQUESTS) throw new Unanswered(`Not asked: ${MOST_REQUESTS} requests are enough.`, false);
    this.#asked += 1;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMilliseconds)]);
    try {
      const response = await this.send(url, question, limit);
      return {
        url,
        status: response.statusCode ?? 0,
        headers: pairs(response.rawHeaders),
        body: await beginning(response),
      };
    } catch (error) {
      if (signal.aborted) throw new InfraError('INTERRUPTED', 'The look from outside was ended on request.');
      if (!limit.aborted) throw unanswered(url, error);
      this.#waited += 1;
      throw tooLate(url, timeoutMilliseconds);
    }
  }

  private send(
    url: URL,
    { method = 'GET', target, headers = PAGE }: Question,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const { lookup, secureContext } = this.options;
    const sent = [
      ['Host', url.host],
      ['User-Agent', 'gatehouse-verify'],
      ...(method === 'GET' ? [] : NO_BODY),
      ...headers,
    ];
    // `secureContext` is one of `tls.connect`'s options, which are handed on; the types leave it out.
    const options: RequestOptions & { readonly secureContext: SecureContext } = {
      method,
      hostname: url.hostname,
      port: url.port,
      path: target ?? `${url.pathname}${url.search}`,
      headers: sent.flat(),
      // A connection each: an answer that leaves its connection in disorder must not be taken for the next one's.
      agent: false,
      lookup,
      signal,
      secureContext,
    };
    return new Promise((resolve, reject) => {
      const { request } = url.protocol === 'https:' ? https : http;
      request(options).once('response', resolve).on('error', reject).end();
    });
  }
}

const PAGE = [['Accept', 'text/html,*/*;q=0.8']] as const;
const NO_BODY = [['Content-Length', '0']] as const;

function pairs(raw: readonly string[]): Answer['headers'] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name.toLowerCase(), raw[index + 1] ?? ''] as const] : []));
}

async function beginning(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= MOST_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8').slice(0, MOST_BYTES);
}
