import { request as requestPlain } from 'node:http';
import { type Agent, request as requestTls } from 'node:https';

/** A call from the ALB to an identity provider. */
export interface HttpCall {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whom to trust when the URL's scheme is https. */
  readonly tlsAgent: Agent;
  readonly timeoutMilliseconds: number;
  /** 4: by IPv4 alone. @default whatever the host has */
  readonly family?: 4;
}

export type HttpCallResult =
  | { readonly outcome: 'answered'; readonly status: number; readonly body: string }
  | { readonly outcome: 'unreachable' }
  | { readonly outcome: 'timeout' };

/** More than any of them answers; what is longer is not read. */
const maximumBytes = 256 * 1024;

/** Calls; follows no redirect, and never throws on what the other side does. */
export function callHttp(call: HttpCall): Promise<HttpCallResult> {
  return new Promise((resolve) => {
    const url = new URL(call.url);
    const signal = AbortSignal.timeout(call.timeoutMilliseconds);
    const fail = (): void => resolve({ outcome: signal.aborted ? 'timeout' : 'unreachable' });
    // The option is for names; an address is taken as it is.
    if (call.family === 4 && url.hostname.startsWith('[')) return fail();
    const { method, family } = call;
    const headers = { Accept: 'application/json', ...call.headers };
    const options = { method, headers, signal, ...(family === undefined ? {} : { family }) };
    const outgoing =
      url.protocol === 'https:'
        ? requestTls(url, { ...options, agent: call.tlsAgent })
        : requestPlain(url, { ...options, agent: false });
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      let length = 0;
      incoming.on('data', (chunk: Buffer) => {
        length += chunk.length;
        chunks.push(chunk);
        if (length <= maximumBytes) return;
        fail();
        outgoing.destroy();
      });
      incoming.on('end', () =>
        resolve({
          outcome: 'answered',
          status: incoming.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
      incoming.on('error', fail);
      incoming.on('close', fail);
    });
    outgoing.on('error', fail);
    outgoing.end(call.body);
  });
}
